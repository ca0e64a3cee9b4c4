/** The words that narrow a search, as a person may write them. */
import { SEARCH_FIELDS, type SearchField } from '../../contract/search.ts';

/** Narrows by time or duration. */
export type Measure = 'after' | 'before' | 'on' | 'slower' | 'faster';
export type FieldName = SearchField | Measure;

export const FIELD_NOTES: Readonly<Record<FieldName, string>> = {
  server: 'a server, such as server:github',
  tool: 'a tool, such as tool:delete_*',
  verdict: 'allow, ask or deny',
  class: 'read, read-sensitive, write or external',
  type: 'a kind of record, such as type:refused',
  event: 'what happened, such as event:approved',
  client: 'the program that called, such as client:claude-code',
  person: 'who asked, answered or acted',
  via: 'by which way: window, browser, control, terminal or file',
  session: 'one connection of a client, by its id',
  call: 'one call, by its id',
  ask: 'one question with its answer and what that brought about, by its id',
  method: 'a protocol method, such as method:tools/call',
  code: 'why it was refused, such as code:TOOL_HELD',
  rule: 'the policy rule that decided',
  after: 'from then on: yesterday, 2h, 2026-11-01',
  before: 'before then: today, monday, 2026-11-01T12:00',
  on: 'on that day: yesterday, 2026-11-01',
  slower: 'took at least so long: 2s, 500ms',
  faster: 'took at most so long: 100ms',
};

export const FIELD_NAMES = Object.keys(FIELD_NOTES) as readonly FieldName[];

const OTHER_WORDS: Readonly<Record<string, FieldName>> = {
  decision: 'verdict',
  since: 'after',
  until: 'before',
  who: 'person',
  by: 'person',
  error: 'code',
  day: 'on',
};

/** Values that a person writes differently from the record. */
const OTHER_VALUES: Readonly<Partial<Record<FieldName, Readonly<Record<string, string>>>>> = {
  verdict: { allowed: 'allow', asked: 'ask', denied: 'deny' },
  class: { sensitive: 'read-sensitive', writes: 'write', reads: 'read' },
  via: { app: 'window', cli: 'control', hand: 'file' },
};

/** The field that a word names; null when there is none. */
export function fieldOf(word: string): FieldName | null {
  const lower = word.toLowerCase();
  if ((FIELD_NAMES as readonly string[]).includes(lower)) return lower as FieldName;
  return OTHER_WORDS[lower] ?? null;
}

export function isSearchField(field: FieldName): field is SearchField {
  return (SEARCH_FIELDS as readonly string[]).includes(field);
}

/** The value as records have it. */
export function recordedValue(field: FieldName, value: string): string {
  return OTHER_VALUES[field]?.[value.toLowerCase()] ?? value;
}
