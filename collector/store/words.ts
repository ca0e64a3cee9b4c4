/** What a record can be found by. */
import type { FleetRecord } from '../../main/contract/collector.ts';
import type { SyncFacets } from '../../main/contract/sync.ts';

const WORD = /[\p{L}\p{N}_]+/gu;
/** Longer runs are no words: base64, digests. */
const LONGEST = 64;
/** Of one record; what comes behind is found by its facets. */
const MOST = 4000;

const FACETS = ['type', 'server', 'tool', 'decision'] as const;

/** The term for a facet; no word holds an equals sign. */
export function facetTerm(name: (typeof FACETS)[number], value: string): string {
  return `${name}=${value}`;
}

/** The distinct words of a text, in lower case. */
export function wordsOf(text: string): string[] {
  const words = new Set<string>();
  for (const [word] of text.toLowerCase().matchAll(WORD)) {
    if (word.length <= LONGEST) words.add(word);
    if (words.size >= MOST) break;
  }
  return [...words];
}

/** Every term of a record: its facets, and the words of all that was sent of it. */
export function termsOf(record: {
  readonly facets: SyncFacets;
  readonly leaf: string | null;
  readonly payload: string | null;
}): Set<string> {
  const terms = new Set<string>();
  for (const name of FACETS) {
    const value = record.facets[name];
    if (value !== undefined) terms.add(facetTerm(name, value));
  }
  const text = record.leaf === null ? Object.values(record.facets).join(' ') : leafText(record.leaf);
  for (const word of wordsOf(record.payload === null ? text : `${text} ${record.payload}`)) terms.add(word);
  return terms;
}

/** Values of a leaf that a person would look for: digests and seals are left out. */
function leafText(leaf: string): string {
  const { digests: _, payload: __, ...rest } = JSON.parse(leaf) as Record<string, unknown>;
  return JSON.stringify(rest);
}

/** Whether a record has all of these terms. */
export function hasTerms(record: Pick<FleetRecord, 'facets' | 'leaf' | 'payload'>, terms: readonly string[]): boolean {
  const own = termsOf(record);
  return terms.every((term) => own.has(term));
}
