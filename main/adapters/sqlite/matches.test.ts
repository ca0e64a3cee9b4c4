import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LedgerRecord } from '../../contract/record.ts';
import type { LedgerStore } from '../../services/audit/ports.ts';
import { newId } from '../system/ids.ts';
import { openReadOnly } from './database.ts';
import { openLedgerStore } from './ledgerStore.ts';
import { CheckedMatches, EveryRecord, IndexedMatches, type Matches } from './matches.ts';
import { MatchTable } from './matchTable.ts';
import { RecordRows } from './recordRows.ts';
import { runsOf } from './segments.ts';
import { word } from './termQuery.ts';
import { WordIndex } from './wordIndex.ts';
import { facetTerm } from './words.ts';

const SIZE = 1000;
const SEVENTH = word(facetTerm('tool', 'seventh'));
/** The clock was set back once. */
const runs = runsOf([430], SIZE).reverse();
const sevenths = Array.from({ length: SIZE }, (_, seq) => seq)
  .filter((seq) => seq % 7 === 0)
  .reverse();

let folder: string;
let store: LedgerStore;
let words: WordIndex;
let records: RecordRows;
let close: () => void;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'matches-'));
  store = openLedgerStore({ file: join(folder, 'ledger.db'), indexFile: join(folder, 'unused.db') });
  add(SIZE);
  const db = openReadOnly(join(folder, 'ledger.db'));
  records = new RecordRows(db);
  words = new WordIndex(join(folder, 'words.db'), records);
  while (words.add(256) > 0);
  close = () => {
    words.close();
    db.close();
  };
});
afterAll(async () => {
  close();
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

function add(count: number): void {
  for (let turn = 0; turn < count; turn += 1) {
    const seq = store.size();
    const at = `2026-11-21T03:00:00.${String(seq).padStart(6, '0')}Z`;
    const tool = seq % 7 === 0 ? 'seventh' : 'other';
    const record: LedgerRecord = { type: 'outcome', event: 'ok', id: newId(), at, tool, reason: `turn of ${seq % 2}` };
    const leaf = Buffer.from(JSON.stringify(record));
    store.append({ seq, record, leaf, nodes: Buffer.alloc(32), payload: null, slot: null });
  }
  // What reads takes what the journal holds into the database.
  store.records(0, 1);
}

function counted(matches: Matches): Matches {
  while (!matches.whole) matches.goOn();
  return matches;
}

describe.each([
  ['by a few records at a time', () => new IndexedMatches(words.search, SEVENTH, runs, 7)],
  ['by more, not where the clock was set back', () => new IndexedMatches(words.search, SEVENTH, runs, 300)],
  ['by a block', () => new IndexedMatches(words.search, SEVENTH, runs)],
  ['by looking at each', () => new CheckedMatches(words.search, SEVENTH, () => true, runs)],
])('%s', (_, matching) => {
  test('every page from every offset is what there is, and its rank leads back', () => {
    const matches = counted(matching());
    expect(matches.count).toBe(sevenths.length);
    for (let offset = 0; offset <= sevenths.length; offset += 1) {
      expect(matches.page(offset, 9)).toEqual(sevenths.slice(offset, offset + 9));
      expect(matches.from((sevenths[offset] ?? -1) + 1)).toBe(offset);
    }
    expect(matches.page(sevenths.length + 3, 9)).toEqual([]);
  });
});

test('every record is where arithmetic says', () => {
  const every = new EveryRecord([
    { first: 430, end: 440 },
    { first: 3, end: 6 },
  ]);
  expect(every.count).toBe(13);
  expect(every.page(8, 4)).toEqual([431, 430, 5, 4]);
  expect(every.page(13, 4)).toEqual([]);
  expect([every.from(500), every.from(432), every.from(100), every.from(4)]).toEqual([0, 8, 10, 12]);
});

describe('the table', () => {
  const plan = { terms: [{ kind: 'field', field: 'tool', values: ['seventh'], not: false }] } as const;

  test('counts on with each question, says how many there may be, and stays as it was asked for', () => {
    const table = new MatchTable(records, words, { patience: 0, step: 140 });
    const first = table.rows({ plan, offset: 0, limit: 3 });
    expect(first).toEqual({ seqs: sevenths.slice(0, 3), size: SIZE, total: 3, whole: false, estimate: 150 });
    expect(table.rowOf({ plan, below: 0 })).toEqual({ row: 23, reached: false });
    let last = first;
    while (!last.whole) last = table.rows({ plan, size: SIZE, offset: 140, limit: 3 });
    expect(last).toMatchObject({ seqs: sevenths.slice(140), total: 143, estimate: 143 });

    add(70);
    while (words.add(256) > 0);
    expect(table.rows({ plan, size: SIZE, offset: 0, limit: 1 })).toMatchObject({
      seqs: [994],
      total: 143,
      whole: true,
    });
    const now = table.rows({ plan, offset: 9, limit: 2 });
    expect(now).toEqual({ seqs: [1001, 994], size: SIZE + 70, total: 153, estimate: 153, whole: true });
    expect(table.rowOf({ plan, below: 995 })).toEqual({ row: 10, reached: true });
  });

  test('what cannot be is an empty table, a phrase is looked for in each record', () => {
    const table = new MatchTable(records, words);
    const pattern = { ...plan, terms: [{ ...plan.terms[0], values: ['never_*'] }] };
    expect(table.rows({ plan: pattern, offset: 0, limit: 3 })).toMatchObject({ seqs: [], total: 0, whole: true });
    const phrase = { terms: [{ kind: 'phrase', text: 'turn of 0', not: false }] } as const;
    expect(table.rows({ plan: phrase, size: 9, offset: 1, limit: 2 })).toMatchObject({ seqs: [6, 4], total: 5 });
  });
});
