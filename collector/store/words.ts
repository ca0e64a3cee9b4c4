/** What a record can be found by. */
import { payloadText } from '../../main/contract/payloadText.ts';
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
function saidBy(record: LedgerRecord): unknown[] {
  const { id, type, event, session, call, ask, server, method, tool, decision, reason, code, person, via } = record;
  const { name, program } = record.client ?? {};
  const said = [id, type, event, session, call, ask, server, method, tool, decision, reason, code, person, via];
  return [...said, record.class, name, program, record.rule?.id, ...Object.values(record.detail ?? {})];
}

/** What can be found by, as far as it is known. */
export interface Findable {
  readonly facets: SyncFacets;
  /** Null when only its facets are known. */
  readonly record: LedgerRecord | null;
  readonly payload: string | null;
}

/** The terms of some records: their facets, and the words of all that was sent of them. */
export class Terms {
  readonly all = new Set<string>();
  /** Taken apart already: most fields say the same in every record of a batch. */
  readonly #texts = new Set<string>();

  add({ facets, record, payload }: Findable): void {
    for (const name of FACETS) {
      const value = facets[name];
      if (value !== undefined) this.all.add(facetTerm(name, value));
    }
    for (const said of record === null ? Object.values(facets) : saidBy(record)) {
      // A device may say anything in a text's place; not every object has one, and one that is deep has none in time.
      const text = typeof said === 'object' ? '' : String(said ?? '');
      if (this.#texts.has(text)) continue;
      this.#texts.add(text);
      this.#words(text);
    }
    if (payload !== null) this.#words(payloadText(payload));
  }

  #words(text: string): void {
    for (const word of wordsOf(text)) this.all.add(word);
  }
}

/** Whether a record has all of these terms. */
export function hasTerms(record: Findable, terms: readonly string[]): boolean {
  const own = new Terms();
  own.add(record);
  return terms.every((term) => own.all.has(term));
}
