/** What consent binds to (SECURITY.md rule 7). */
import type { Launch } from '../../contract/launch.ts';
import { canonicalJson } from '../ledger/canonical.ts';

/**
 * The launch without the text of its literal values: their keyed digests bind, so that neither the consent's digest
 * nor anything stored beside it lets a value be guessed.
 */
export function withoutValues(launch: Launch): Launch {
  return {
    ...launch,
    variables: launch.variables.map((variable) =>
      variable.source === 'literal' ? { ...variable, shown: null } : variable,
    ),
  };
}

/** RFC 8785 text whose SHA-256 is the launch digest; the order in which variables were written does not count. */
export function launchDigestInput(launch: Launch): string {
  const { variables, ...rest } = withoutValues(launch);
  const sorted = variables.toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  return canonicalJson({ ...rest, variables: sorted });
}
