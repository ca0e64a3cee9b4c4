/** From a search text to what it means. */
import type { SearchFault, SearchPlan, SearchTerm, TextSpan } from '../../contract/search.ts';
import { FIELD_NAMES, type FieldName, fieldOf, isSearchField, recordedValue } from './fields.ts';
import { type Calendar, durationOf, stretchOf } from './moments.ts';
import { nearest } from './nearest.ts';
import { type Piece, type Token, tokensOf } from './tokens.ts';

export type Parsed =
  | { readonly ok: true; readonly plan: SearchPlan }
  | { readonly ok: false; readonly fault: SearchFault };

/** Reads the whole text; the first thing that cannot be meant is a fault at its place. */
export function parseSearch(text: string, calendar: Calendar): Parsed {
  const { tokens, fault } = tokensOf(text);
  if (fault !== null) return { ok: false, fault };
  const terms: SearchTerm[] = [];
  const bounds: { after?: string; before?: string; slower?: number; faster?: number } = {};
  for (const token of tokens) {
    const wrong = token.field === null ? word(token, terms) : field(token, token.field, terms, bounds, calendar);
    if (wrong !== null) return { ok: false, fault: wrong };
  }
  return { ok: true, plan: { terms, ...bounds } };
}

function word({ not, values: [value] }: Token, terms: SearchTerm[]): SearchFault | null {
  if (value === undefined || value.text === '') return null;
  if (value.quoted) {
    terms.push({ kind: 'phrase', text: value.text, not });
    return null;
  }
  const prefix = value.text.endsWith('*');
  const text = prefix ? value.text.slice(0, -1) : value.text;
  if (text.includes('*')) return at(value, 'In words a * can only stand at the end.');
  if (text === '') return at(value, 'Put the beginning of a word before the *.');
  terms.push({ kind: 'word', text, prefix, not });
  return null;
}

function field(
  token: Token,
  name: Piece,
  terms: SearchTerm[],
  bounds: { after?: string; before?: string; slower?: number; faster?: number },
  calendar: Calendar,
): SearchFault | null {
  const known = fieldOf(name.text);
  if (known === null) {
    const meant = nearest(name.text.toLowerCase(), FIELD_NAMES);
    const hint =
      meant === null ? ' Put it in quotation marks to search for it as it stands.' : ` Did you mean ${meant}:?`;
    return at(name, `There is no field “${name.text}”.${hint}`);
  }
  const empty = token.values.find(({ text }) => text === '');
  if (empty !== undefined) return at({ start: token.start, end: Math.max(empty.end, token.end) }, `What ${known}?`);
  if (isSearchField(known)) {
    const values = token.values.map(({ text }) => recordedValue(known, text));
    const wrong = impossible(known, token.values);
    if (wrong !== null) return wrong;
    terms.push({ kind: 'field', field: known, values, not: token.not });
    return null;
  }
  const [value, second] = token.values;
  if (value === undefined) return null;
  if (second !== undefined) return at(second, `${known}: takes one value.`);
  if (token.not) return at({ start: token.start, end: token.start + 1 }, `${known}: cannot be turned round.`);
  return measure(known, value, bounds, calendar);
}

/** Fields that have few values are checked: a word that none of them is finds nothing, and nobody sees why. */
function impossible(known: FieldName, values: readonly Piece[]): SearchFault | null {
  const possible = POSSIBLE[known];
  if (possible === undefined) return null;
  const wrong = values.find(({ text }) => !text.includes('*') && !possible.includes(recordedValue(known, text)));
  return wrong === undefined ? null : at(wrong, `${known}: is one of ${possible.join(', ')}.`);
}

const POSSIBLE: Readonly<Partial<Record<FieldName, readonly string[]>>> = {
  verdict: ['allow', 'ask', 'deny'],
  class: ['read', 'read-sensitive', 'write', 'external'],
};

function measure(
  known: Exclude<FieldName, SearchFieldName>,
  value: Piece,
  bounds: { after?: string; before?: string; slower?: number; faster?: number },
  calendar: Calendar,
): SearchFault | null {
  if (known === 'slower' || known === 'faster') {
    const ms = durationOf(value.text);
    if (ms === null) return at(value, `“${value.text}” is no duration: write 500ms, 2s or 1m.`);
    bounds[known] = ms;
    return null;
  }
  const stretch = stretchOf(value.text, calendar);
  if (stretch === null)
    return at(value, `“${value.text}” is no time: write yesterday, monday, 2h, 2026-11-01 or 2026-11-01T12:30.`);
  // “after yesterday” means since yesterday began, as people say it.
  if (known !== 'before') bounds.after = later(bounds.after, stretch.start);
  if (known === 'before') bounds.before = earlier(bounds.before, stretch.start);
  if (known === 'on') bounds.before = earlier(bounds.before, stretch.end);
  return null;
}

type SearchFieldName = Extract<SearchTerm, { kind: 'field' }>['field'];

function later(one: string | undefined, other: string): string {
  return one !== undefined && one > other ? one : other;
}

function earlier(one: string | undefined, other: string): string {
  return one !== undefined && one < other ? one : other;
}

function at({ start, end }: TextSpan, message: string): SearchFault {
  return { message, start, end };
}
