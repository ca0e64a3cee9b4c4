/** Places of a definition that no form shows and every model reads (MCP; JSON Schema 2020-12, draft-07; OpenAPI 3). */

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

/** What a definition of any kind has for members (MCP: Tool, Prompt, ResourceTemplate, Implementation). */
const MEMBERS = words(
  'name title description inputSchema outputSchema annotations execution icons _meta arguments uriTemplate mimeType ' +
    'version websiteUrl',
);

type Place = 'not-shown' | 'value' | 'word' | 'data';

/** How long a text is that tells a model something; honest definitions hold none in such a place. */
const PROSE: Readonly<Record<Place, { readonly letters: number; readonly words: number }>> = {
  'not-shown': { letters: 0, words: 4 },
  value: { letters: 30, words: 5 },
  word: { letters: 30, words: 5 },
  data: { letters: 60, words: 8 },
};

/** What kind of place the keys of a definition lead to; null: one for prose, or for what is no text. */
export function placeOf(keys: readonly string[]): Place | null {
  const [member, ...inside] = keys;
  switch (member) {
    case undefined:
      return null;
    case 'inputSchema':
    case 'outputSchema':
      return inSchema(inside);
    case 'title':
    case '_meta':
      return 'data';
    case 'annotations':
      return inside[0] === 'title' ? 'data' : 'not-shown';
    default:
      return MEMBERS.has(member) ? null : 'not-shown';
  }
}

/** In a schema words belong into a `description` alone. */
function inSchema(keys: readonly string[]): Place | null {
  let keyword = '';
  for (const key of keys) {
    if (NAMED.has(keyword) || (LISTS.has(keyword) && POSITION.test(key))) {
      keyword = '';
      continue;
    }
    if (!KNOWN.has(key)) return 'not-shown';
    if (VALUES.has(key)) return 'value';
    if (SHOWN_DATA.has(key)) return 'data';
    keyword = key;
  }
  return keyword === 'description' ? null : 'word';
}

/** Whether a text is long enough to tell a model something. */
export function isProse(text: string, place: Place): boolean {
  const { letters, words } = PROSE[place];
  // A web address has words in it and says nothing.
  const said = text.replace(/[a-z][a-z\d+.-]{1,20}:\/\/\S+/gi, '');
  // A reference or a pattern has many words in it, and no blank.
  if (place === 'word' && !/\s/.test(said)) return false;
  return said.length >= letters && (said.match(/\p{L}{2,}/gu)?.length ?? 0) >= words;
}
