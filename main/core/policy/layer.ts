/** Whose a policy file is (PRODUCT.md Y7). A forbid of any layer wins; the order says whose rule is shown. */

/** What an organisation's files are called by, beside the person's: `organisation/no-production.cedar`. */
export const ORGANISATION_PREFIX = 'organisation/';

/** Whether a file of the configuration folder is the organisation's; a person's files have no folder in their names. */
export function isOrganisations(file: string): boolean {
  return file.startsWith(ORGANISATION_PREFIX);
}

/** Orders files by precedence: the organisation's before the person's, each by name. */
export function byPrecedence(a: { readonly file: string }, b: { readonly file: string }): number {
  if (isOrganisations(a.file) !== isOrganisations(b.file)) return isOrganisations(a.file) ? -1 : 1;
  return a.file < b.file ? -1 : 1;
}
