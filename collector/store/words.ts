/** What a record can be found by. */
import type { LedgerRecord } from '../../main/contract/record.ts';
import type { SyncFacets } from '../../main/contract/sync.ts';

/** What lies between words; every letter beyond ASCII is part of one. */
const BETWEEN = /[^a-z0-9_\u0080-\uffff]+/;
/** Longer runs are no words: base64, digests. */
const LONGEST = 64;
/** Of one record; what comes behind is found by its facets. */
const MOST = 4000;

const FACETS = ['type', 'server', 'tool', 'decision'] as const;

/** The term for a facet; no word holds an equals sign. */
export function facetTerm(name: (typeof FACETS)[number], value: string): string {
  return `${name}=${value}`;
}

/** The words of a text in lower case, as often as they occur. */
export function wordsOf(text: string): string[] {
  const words = text.toLowerCase().split(BETWEEN, MOST);
  return words.filter((word) => word !== '' && word.length <= LONGEST);
}

/** What a person would look for in a record: ids, names, reasons; no times, digests or seals. */
export function searchText(record: LedgerRecord): string {
  const { id, type, event, session, call, ask, server, method, tool, decision, reason, code, person, via } = record;
  const { name, program } = record.client ?? {};
  const said = [id, type, event, session, call, ask, server, method, tool, decision, reason, code, person, via];
  return [...said, record.class, name, program, record.rule?.id, ...Object.values(record.detail ?? {})].join(' ');
}

/** What can be found by, as far as it is known. */
export interface Findable {
  readonly facets: SyncFacets;
  /** The record's own words; null when only its facets are known. */
  readonly text: string | null;
  readonly payload: string | null;
}

/** Adds every term of a record: its facets, and the words of all that was sent of it. */
export function addTerms({ facets, text, payload }: Findable, terms: Set<string>): void {
  for (const name of FACETS) {
    const value = facets[name];
    if (value !== undefined) terms.add(facetTerm(name, value));
  }
  for (const word of wordsOf(text ?? Object.values(facets).join(' '))) terms.add(word);
  if (payload !== null) for (const word of wordsOf(payload)) terms.add(word);
}

/** Whether a record has all of these terms. */
export function hasTerms(record: Findable, terms: readonly string[]): boolean {
  const own = new Set<string>();
  addTerms(record, own);
  return terms.every((term) => own.has(term));
}
