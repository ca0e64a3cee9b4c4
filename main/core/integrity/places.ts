/** Places of a schema that no form shows and every model reads (JSON Schema 2020-12; OpenAPI 3.1 for `x-`). */

const NOT_SHOWN = /^(?:\$comment|x-.*)$/i;
const DATA = new Set(['title', 'default', 'const', 'enum', 'examples', 'example', 'pattern', 'format']);
/** Shorter texts are labels and values. */
const PROSE_LETTERS = 60;
const PROSE_WORDS = 8;
/** Names that the author of a schema chooses: what is below them is a schema again. */
const NAMED = new Set(['properties', 'patternProperties', '$defs', 'definitions', 'dependentSchemas']);

/** What kind of place the keys lead to: `not-shown` and `data` hold no prose in honest definitions; null: anywhere else. */
export function placeOf(keys: readonly string[]): 'not-shown' | 'data' | null {
  const schema = keys.findIndex((key) => key === 'inputSchema' || key === 'outputSchema');
  if (schema < 0) return null;
  for (let at = schema + 1; at < keys.length; at++) {
    const key = keys[at] as string;
    if (NAMED.has(keys[at - 1] as string)) continue;
    if (NOT_SHOWN.test(key)) return 'not-shown';
    if (DATA.has(key)) return 'data';
  }
  return null;
}

/** Whether a text is long enough to tell a model something. */
export function isProse(text: string, place: 'not-shown' | 'data'): boolean {
  const words = text.match(/\p{L}{2,}/gu)?.length ?? 0;
  return place === 'not-shown' ? words >= 4 : text.length >= PROSE_LETTERS && words >= PROSE_WORDS;
}
