import { Refused } from '../../contract/errors.ts';
import type { DefinitionKind, DefinitionReview } from '../../contract/tool.ts';

/** How the command line writes a definition: a tool by its name alone, a prompt or template with its kind in front, what there is once by its kind. */
export function definitionName({ kind, name }: { readonly kind: DefinitionKind; readonly name: string }): string {
  if (kind === 'tool') return name;
  return kind === name ? kind : `${kind}:${name}`;
}

/** Those that a person means by these names; a name that two kinds share means both. Throws `Refused('NOT_FOUND')` for none. */
export function definitionsNamed(reviews: readonly DefinitionReview[], names: readonly string[]): DefinitionReview[] {
  return names.flatMap((written) => {
    const meant = reviews.filter((review) => definitionName(review) === written);
    if (meant.length === 0) throw new Refused('NOT_FOUND', written);
    return meant;
  });
}
