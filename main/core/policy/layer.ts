/** Whose a policy file is (PRODUCT.md Y7). A forbid of any layer wins; the order says whose rule is shown. */

/** What ships with Countersign is called by this, so that no file of a person's has its name. */
export const SHIPPED_PREFIX = 'countersign/';

/** Defaults for one server stand in the file of its name: `servers/github.cedar`. */
export const SERVERS_PREFIX = 'servers/';

/** What an organisation's files are called by, beside the person's: `organisation/no-production.cedar`. */
export const ORGANISATION_PREFIX = 'organisation/';

/** Whether a file of the configuration folder is the organisation's; a person's files have no folder in their names. */
export function isOrganisations(file: string): boolean {
  return file.startsWith(ORGANISATION_PREFIX);
}

/** The server a file holds defaults for; null for any other file. */
export function serverOf(file: string): string | null {
  return file.startsWith(SERVERS_PREFIX) ? file.slice(SERVERS_PREFIX.length).replace(/\.cedar$/, '') : null;
}

/** Orders files by precedence: the organisation's, the person's, those of servers; each by name. */
export function byPrecedence(a: { readonly file: string }, b: { readonly file: string }): number {
  return rank(a.file) - rank(b.file) || (a.file < b.file ? -1 : 1);
}

function rank(file: string): number {
  if (isOrganisations(file)) return 0;
  return serverOf(file) === null ? 1 : 2;
}
