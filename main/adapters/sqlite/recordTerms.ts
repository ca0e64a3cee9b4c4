/** A record as the terms it is found by. */
import { payloadText } from '../../contract/payloadText.ts';
import type { LedgerRecord } from '../../contract/record.ts';
import { SEARCH_FIELDS, type SearchField } from '../../contract/search.ts';
import { recordTexts } from './recordTexts.ts';
import { facetTerm, wordsOf } from './words.ts';

/** What a record says in a field; null when it says nothing, or no text: one that was altered on the disk. */
export function fieldValue(record: LedgerRecord, field: SearchField): string | null {
  const value = memberFor(record, field);
  return typeof value === 'string' ? value : null;
}

function memberFor(record: LedgerRecord, field: SearchField): unknown {
  switch (field) {
    case 'verdict':
      return record.decision;
    case 'client':
      return record.client?.name;
    case 'rule':
      return record.rule?.id;
    default:
      return record[field];
  }
}

/** The term of records that took from 2^n - 1 up to 2^(n+1) - 1 milliseconds. */
export function tookTerm(power: number): string {
  return facetTerm('took', String(power));
}

export function tookPower(ms: number): number {
  return Math.floor(Math.log2(ms + 1));
}

/** All terms of a record with this kept payload, each once. */
export function recordTerms(record: LedgerRecord, payload: string | null): string[] {
  const facets = SEARCH_FIELDS.flatMap((field) => {
    const value = fieldValue(record, field);
    return value === null ? [] : [facetTerm(field, value)];
  });
  if (record.durationMs !== undefined) facets.push(tookTerm(tookPower(record.durationMs)));
  const words = [...wordsOf(recordTexts(record).join('\n')), ...wordsOf(payloadText(payload ?? ''))];
  return [...facets, ...[...new Set(words)].map(apart)];
}

/** Letters up to which V8 copies what is cut out of a text. */
const COPIED = 12;

/** The word on its own: a longer one would keep the whole text in memory, for as long as its block is tallied. */
function apart(word: string): string {
  return word.length > COPIED ? Buffer.from(word).toString() : word;
}
