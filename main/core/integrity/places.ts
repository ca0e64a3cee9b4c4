/** Places of a schema that no form shows and every model reads (JSON Schema 2020-12; OpenAPI 3.1 for `x-`). */

const NOT_SHOWN = /^(?:\$comment|x-.*)$/i;
/** What is written to be read elsewhere too: longer texts there are no labels any more. */
const SHOWN_DATA = new Set(['title', 'enum', 'examples', 'example']);
/** What is a value and nothing else. */
const VALUES = new Set(['default', 'const', 'pattern', 'format']);
/** Names that the author of a schema chooses: what is below them is a schema again. */
const NAMED = new Set(['properties', 'patternProperties', '$defs', 'definitions', 'dependentSchemas']);

type Place = 'not-shown' | 'value' | 'data';

/** How long a text is that tells a model something; honest definitions hold none in such a place. */
const PROSE: Readonly<Record<Place, { readonly letters: number; readonly words: number }>> = {
  'not-shown': { letters: 0, words: 4 },
  value: { letters: 30, words: 5 },
  data: { letters: 60, words: 8 },
};

/** What kind of place the keys lead to; null: anywhere else. */
export function placeOf(keys: readonly string[]): Place | null {
  const schema = keys.findIndex((key) => key === 'inputSchema' || key === 'outputSchema');
  if (schema < 0) return null;
  for (let at = schema + 1; at < keys.length; at++) {
    const key = keys[at] as string;
    if (NAMED.has(keys[at - 1] as string)) continue;
    if (NOT_SHOWN.test(key)) return 'not-shown';
    if (VALUES.has(key)) return 'value';
    if (SHOWN_DATA.has(key)) return 'data';
  }
  return null;
}

/** Whether a text is long enough to tell a model something. */
export function isProse(text: string, place: Place): boolean {
  const { letters, words } = PROSE[place];
  // A web address has words in it and says nothing.
  const said = text.replace(/[a-z][a-z\d+.-]{1,20}:\/\/\S+/gi, '');
  return said.length >= letters && (said.match(/\p{L}{2,}/gu)?.length ?? 0) >= words;
}
