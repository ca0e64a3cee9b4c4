/** What is kept of an entry that was rewritten: sealed, with references in the place of secrets. */
import type { ClientId } from '../../contract/client.ts';
import type { Format, Path } from '../../core/clients/format.ts';
import { type Piece, secretsIn, withReferences } from '../../core/clients/pieces.ts';
import type { Masker } from '../../core/egress/masker.ts';
import type { KeptField } from './rewrite.ts';

/** A field's text before it was rewritten. */
export interface KeptPieces extends Omit<KeptField, 'before'> {
  readonly before: readonly Piece[];
}

/** Body of a sealed `client` row of a rewritten entry. */
export interface KeptEntry {
  readonly state: 'protected' | 'quarantined';
  readonly client: ClientId;
  readonly file: string;
  readonly format: Format;
  readonly container: Path;
  readonly name: string;
  /** What the entry connects to now. */
  readonly server: string;
  readonly at: string;
  /** What it launched before, secrets masked. */
  readonly command: string;
  readonly args: readonly string[];
  /** Where it led before, secrets masked, when it started no program. */
  readonly url?: string;
  readonly fields: readonly KeptPieces[];
}

/**
 * The fields with references to these secrets. A text in which something still looks like a secret, in a comment or
 * because a person said it is none, goes whole into the keychain: `more` holds it by its name there.
 */
export function keepFields(
  kept: readonly KeptField[],
  values: ReadonlyMap<string, string>,
  masker: Pick<Masker, 'find'>,
  nameFor: (text: string) => string,
): { fields: KeptPieces[]; more: Map<string, string> } {
  const more = new Map<string, string>();
  const fields = kept.map(({ before, ...field }) => {
    const pieces = withReferences(before, values);
    const rest = pieces.map((piece) => (typeof piece === 'string' ? piece : 'x'.repeat(8))).join('');
    if (masker.find(rest).length === 0) return { ...field, before: pieces };
    const secret = nameFor(before);
    more.set(secret, before);
    return { ...field, before: [{ secret, as: 'itself' as const }] };
  });
  return { fields, more };
}

/** Names of the secrets needed to put it back. */
export function secretsOfEntry({ fields }: Pick<KeptEntry, 'fields'>): string[] {
  return [...new Set(fields.flatMap(({ before }) => secretsIn(before)))];
}
