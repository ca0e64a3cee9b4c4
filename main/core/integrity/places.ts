/** Places of a schema that no form shows and every model reads (JSON Schema 2020-12, draft-07; OpenAPI 3). */

const words = (list: string) => new Set(list.split(' '));

/**
 * What JSON Schema (2020-12, draft-07) and OpenAPI 3 give a meaning. Any other key means nothing to whoever checks
 * arguments or draws a form, `x-…` only says so.
 */
const KNOWN = words(
  '$id id $schema $ref $anchor $dynamicRef $dynamicAnchor $recursiveRef $recursiveAnchor $vocabulary $defs definitions ' +
    'allOf anyOf oneOf not if then else dependentSchemas dependentRequired dependencies prefixItems items additionalItems ' +
    'unevaluatedItems contains properties patternProperties additionalProperties unevaluatedProperties propertyNames ' +
    'type enum const multipleOf maximum exclusiveMaximum minimum exclusiveMinimum maxLength minLength pattern maxItems ' +
    'minItems uniqueItems maxContains minContains maxProperties minProperties required format contentEncoding ' +
    'contentMediaType contentSchema title description default deprecated readOnly writeOnly examples example nullable ' +
    'discriminator xml externalDocs',
);
/** Keys whose value may be a list: the step below is a position. */
const LISTS = words('allOf anyOf oneOf prefixItems items type required');
const POSITION = /^\d+$/;
/** What is written to be read elsewhere too: longer texts there are no labels any more. */
const SHOWN_DATA = words('title enum examples example');
/** What is a value and nothing else, with all that is in it. */
const VALUES = words('default const');
/** Names that the author of a schema chooses: what is below them is a schema again. */
const NAMED = words(
  'properties patternProperties $defs definitions dependentSchemas dependentRequired dependencies $vocabulary',
);

type Place = 'not-shown' | 'value' | 'data';

/** How long a text is that tells a model something; honest definitions hold none in such a place. */
const PROSE: Readonly<Record<Place, { readonly letters: number; readonly words: number }>> = {
  'not-shown': { letters: 0, words: 4 },
  value: { letters: 30, words: 5 },
  data: { letters: 60, words: 8 },
};

/** What kind of place the keys lead to; null: anywhere else. In a schema words belong into a `description` alone. */
export function placeOf(keys: readonly string[]): Place | null {
  const schema = keys.findIndex((key) => key === 'inputSchema' || key === 'outputSchema');
  if (schema < 0) return null;
  let keyword = '';
  for (const key of keys.slice(schema + 1)) {
    if (NAMED.has(keyword) || (LISTS.has(keyword) && POSITION.test(key))) {
      keyword = '';
      continue;
    }
    if (!KNOWN.has(key)) return 'not-shown';
    if (VALUES.has(key)) return 'value';
    if (SHOWN_DATA.has(key)) return 'data';
    keyword = key;
  }
  return keyword === 'description' ? null : 'value';
}

/** Whether a text is long enough to tell a model something. */
export function isProse(text: string, place: Place): boolean {
  const { letters, words } = PROSE[place];
  // A web address has words in it and says nothing.
  const said = text.replace(/[a-z][a-z\d+.-]{1,20}:\/\/\S+/gi, '');
  return said.length >= letters && (said.match(/\p{L}{2,}/gu)?.length ?? 0) >= words;
}
