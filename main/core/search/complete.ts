/** What could follow where the cursor stands. */
import type { SearchField, SearchSuggestion } from '../../contract/search.ts';
import { FIELD_NAMES, FIELD_NOTES, fieldOf, isSearchField } from './fields.ts';
import { type Token, tokensOf } from './tokens.ts';

/** Values that records have had in a field, those seen last first. */
export type KnownValues = (field: SearchField) => readonly string[];

const MOST = 12;
const TIMES = ['today', 'yesterday', 'monday', '1h', '24h', '7d'];
const DURATIONS = ['100ms', '1s', '10s'];
const FIXED: Readonly<Partial<Record<string, readonly string[]>>> = {
  verdict: ['allow', 'ask', 'deny'],
  class: ['read', 'read-sensitive', 'write', 'external'],
  after: TIMES,
  before: TIMES,
  on: ['today', 'yesterday', 'monday'],
  slower: DURATIONS,
  faster: DURATIONS,
};

/** Suggestions for the text up to `cursor` (UTF-16 code units), the likeliest first. */
export function completeSearch(text: string, cursor: number, known: KnownValues): SearchSuggestion[] {
  const before = text.slice(0, cursor);
  const token = tokensOf(before).tokens.at(-1);
  if (token === undefined || token.end < before.length) return fields('', cursor, cursor);
  return token.field === null ? fieldsFor(token, cursor) : values(token, cursor, known);
}

function fieldsFor(token: Token, cursor: number): SearchSuggestion[] {
  const [value] = token.values;
  if (value === undefined || value.quoted) return [];
  return fields(value.text.toLowerCase(), value.start, cursor);
}

function fields(begun: string, start: number, end: number): SearchSuggestion[] {
  return FIELD_NAMES.filter((name) => name.startsWith(begun))
    .slice(0, MOST)
    .map((name) => ({ insert: `${name}:`, start, end, note: FIELD_NOTES[name] }));
}

function values({ field, values: given }: Token, cursor: number, known: KnownValues): SearchSuggestion[] {
  const name = fieldOf(field?.text ?? '');
  const last = given.at(-1);
  if (name === null || last === undefined) return [];
  const begun = last.text.toLowerCase();
  const all = FIXED[name] ?? (isSearchField(name) ? known(name) : []);
  return all
    .filter((value) => value.toLowerCase().includes(begun) && value !== last.text)
    .sort((a, b) => Number(b.toLowerCase().startsWith(begun)) - Number(a.toLowerCase().startsWith(begun)))
    .slice(0, MOST)
    .map((value) => ({ insert: `${quoted(value)} `, start: last.start, end: cursor, note: '' }));
}

function quoted(value: string): string {
  return /[\s,"]/.test(value) ? `"${value.replaceAll('"', '')}"` : value;
}
