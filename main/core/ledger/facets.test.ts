import { expect, test } from 'vitest';
import type { LedgerRecord } from '../../contract/record.ts';
import { facetsOf } from './facets.ts';

const ID = '01939f3a-7c00-7000-8000-000000000001';
const said = (text: string) =>
  ({
    id: ID,
    at: '2026-11-21T05:00:00.000000Z',
    type: text,
    event: text,
    client: { name: text, version: null, pid: null, program: null },
    server: text,
    method: text,
    tool: text,
    rule: { id: text },
    code: text,
    person: text,
    via: text,
  }) as unknown as LedgerRecord;

test('names are cut where a collector takes no more of them', () => {
  const { id, at, ...names } = facetsOf(said('x'.repeat(300)));
  expect([id, at]).toEqual([ID, '2026-11-21T05:00:00.000000Z']);
  expect(Object.values(names)).toEqual(Object.values(names).map(() => 'x'.repeat(200)));
});

test('no facet holds what is no text to a collector, however the record was altered', () => {
  for (const facet of Object.values(facetsOf(said('a\0b\ud800c')))) {
    expect(facet).not.toContain('\0');
    expect(facet?.isWellFormed()).toBe(true);
  }
});
