/** A text kept with references in the place of secrets (SECURITY.md rule 18). */

/** Text as it stands, or a secret: as it is, or as JSON writes it between its quotes. */
export type Piece = string | { readonly secret: string; readonly as: 'itself' | 'json' };

/** The text with every occurrence of these values replaced by a reference. */
export function withReferences(text: string, values: ReadonlyMap<string, string>): Piece[] {
  let pieces: Piece[] = [text];
  // The longest first: a short one may be part of it.
  const forms = [...values]
    .flatMap(([secret, value]) => [
      { secret, as: 'json' as const, form: escaped(value) },
      { secret, as: 'itself' as const, form: value },
    ])
    .filter(({ form }) => form !== '')
    .toSorted((a, b) => b.form.length - a.form.length);
  for (const { form, ...piece } of forms) {
    pieces = pieces.flatMap((one) => (typeof one === 'string' ? between(one.split(form), piece) : [one]));
  }
  return pieces;
}

/** The text again, with nothing in the place of a secret that is missing. Null when all of it was in that secret. */
export function recomposed(pieces: readonly Piece[], values: ReadonlyMap<string, string>): string | null {
  let text = '';
  for (const piece of pieces) {
    if (typeof piece === 'string') {
      text += piece;
      continue;
    }
    const value = values.get(piece.secret);
    if (value === undefined && pieces.length === 1) return null;
    if (value === undefined) continue;
    text += piece.as === 'json' ? escaped(value) : value;
  }
  return text;
}

/** Names of the secrets in it, each once. */
export function secretsIn(pieces: readonly Piece[]): string[] {
  return [...new Set(pieces.flatMap((piece) => (typeof piece === 'string' ? [] : [piece.secret])))];
}

/** The text as a person may see it: every secret by its name. */
export function shownPieces(pieces: readonly Piece[]): string {
  return pieces.map((piece) => (typeof piece === 'string' ? piece : `[secret ${piece.secret}]`)).join('');
}

function between(texts: readonly string[], piece: Piece): Piece[] {
  return texts.flatMap((text, index) => [...(index === 0 ? [] : [piece]), ...(text === '' ? [] : [text])]);
}

const escaped = (value: string): string => JSON.stringify(value).slice(1, -1);
