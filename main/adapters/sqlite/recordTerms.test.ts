import { expect, test } from 'vitest';
import type { LedgerRecord } from '../../contract/record.ts';
import { fieldValue, recordTerms } from './recordTerms.ts';
import { facetTerm } from './words.ts';

const CURSOR = { name: 'cursor', version: null, pid: null, program: null };
const RECORD = { type: 'outcome', event: 'ok', id: 'one', at: '2026-11-21T03:00:00.000000Z' } as const;

test('a record is found by its facets and its words, each once', () => {
  const record: LedgerRecord = { ...RECORD, server: 'files', client: CURSOR, durationMs: 7 };
  const facets = [facetTerm('server', 'files'), facetTerm('client', 'cursor'), facetTerm('took', '3')];
  const terms = recordTerms(record, '{"path":"files"}');
  expect(terms).toEqual(expect.arrayContaining([...facets, 'outcome', 'ok', 'one', 'files', 'cursor', '7', 'path']));
  expect(new Set(terms).size).toBe(terms.length);
});

test('what was altered on the disk to something else than text is no value, and holds no other record up', () => {
  const altered = { ...RECORD, server: {}, rule: 3, client: [], decision: 5, payload: null } as unknown as LedgerRecord;
  for (const field of ['server', 'rule', 'client', 'verdict'] as const) expect(fieldValue(altered, field)).toBeNull();
  expect(recordTerms(altered, null)).toContain('outcome');
});
