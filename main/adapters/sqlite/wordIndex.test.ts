/** The word index over more than one block of records: made from the newest on, and the sets of its common terms. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openReadOnly } from './database.ts';
import { LedgerSearch } from './ledgerSearch.ts';
import { openLedgerStore } from './ledgerStore.ts';
import { BLOCK } from './placeSet.ts';
import { RecordRows } from './recordRows.ts';
import { expressionOf } from './searchExpression.ts';
import { type TermQuery, word } from './termQuery.ts';
import { WordIndex } from './wordIndex.ts';

const SIZE = BLOCK + 5000;
const WHOLE = [{ first: 0, end: SIZE }];
const COMMON = word('zebras');

let folder: string;
let ledger: Database.Database;
let words: WordIndex;

/** Writes records into `ledger.db` as the store does, but for the journal and the tree, which nothing here reads. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'word-index-'));
  const file = join(folder, 'ledger.db');
  await openLedgerStore({ file, indexFile: join(folder, 'unused.db') }).close();
  const db = new Database(file);
  const add = db.prepare("INSERT INTO records VALUES (?, ?, ?, 'daemon', NULL, NULL, NULL, NULL, NULL, NULL, ?)");
  db.transaction(() => {
    for (let seq = 0; seq < SIZE; seq += 1) {
      const id = `id${seq}`;
      const reason = `${seq % 3 === 0 ? 'zebras' : 'elsewhere'} seldom${seq % 1000}`;
      const at = `2026-11-21T03:00:00.${String(seq).padStart(6, '0')}Z`;
      add.run(seq, id, at, Buffer.from(JSON.stringify({ type: 'daemon', event: 'started', id, at, reason })));
    }
  })();
  db.close();
  ledger = openReadOnly(file);
  words = new WordIndex(join(folder, 'words.db'), new RecordRows(ledger));
}, 60_000);
afterAll(() => {
  words.close();
  ledger.close();
  rmSync(folder, { recursive: true, force: true });
});

const count = (query: TermQuery | null | undefined) => (query ? words.search.count(query, WHOLE) : 0);
const begun = (text: string) =>
  expressionOf({ terms: [{ kind: 'word', text, prefix: true, not: false }] }, words)?.match;

test('the newest records are there first, then block by block the older ones', { timeout: 60_000 }, () => {
  expect(words.indexed()).toEqual({ first: BLOCK, end: BLOCK });
  while (words.add(1024) > 0);
  expect(words.indexed()).toEqual({ first: BLOCK, end: SIZE });
  expect(count(COMMON)).toBe(Math.ceil(SIZE / 3) - Math.ceil(BLOCK / 3));

  const { revision } = words;
  words.tend(1024);
  expect(words.indexed()).toEqual({ first: BLOCK, end: SIZE });
  while (words.tend(1024));
  expect(words.indexed()).toEqual({ first: 0, end: SIZE });
  expect(words.revision).not.toBe(revision);
  expect(count(COMMON)).toBe(Math.ceil(SIZE / 3));
});

test('sets are kept of common terms of complete blocks alone, and say the same as the index', () => {
  const db = new Database(join(folder, 'words.db'), { readonly: true });
  const kept = db.prepare<[], { block: number; term: string }>('SELECT block, term FROM sets').all();
  db.close();
  expect(kept).toContainEqual({ block: 0, term: COMMON.term });
  expect(kept).toContainEqual({ block: 0, term: '"els" *' });
  expect(kept.some(({ block, term }) => block > 0 || term.includes('seldom7'))).toBe(false);
  const rest = { all: [], not: [COMMON] };
  expect(count(COMMON) + count(word('elsewhere'))).toBe(SIZE);
  expect(count(rest)).toBe(count(word('elsewhere')));
});

test('beginnings of any length find what begins so', () => {
  expect(count(begun('zebra'))).toBe(count(COMMON));
  expect(count(begun('zeb'))).toBe(count(COMMON));
  expect(count(begun('el'))).toBe(count(word('elsewhere')));
  expect(count(begun('seldom399'))).toBe(count(word('seldom399')));
  expect(begun('nothing')).toBeUndefined();
  const many = expressionOf({ terms: [{ kind: 'word', text: 'seldom', prefix: true, not: false }] }, words);
  expect(count(many?.match)).toBe(SIZE);
  expect(many?.check?.({} as never, ' here seldom12 ')).toBe(true);
  expect(many?.check?.({} as never, ' here selfish ')).toBe(false);
});

test('an index whose ledger goes on elsewhere is made anew from its newest block on', () => {
  words.close();
  const db = new Database(join(folder, 'words.db'));
  db.exec("UPDATE progress SET last = 'another'");
  db.close();
  words = new WordIndex(join(folder, 'words.db'), new RecordRows(ledger));
  expect(words.indexed()).toEqual({ first: BLOCK, end: BLOCK });
  expect(count(COMMON)).toBe(0);
});

test('a search says how many records it could not look at, and gives nothing away as whole', () => {
  const search = new LedgerSearch(join(folder, 'ledger.db'), join(folder, 'fresh.db'));
  const plan = { terms: [{ kind: 'word', text: 'zebras', prefix: false, not: false }] } as const;
  const first = search.search({ plan, limit: 1 });
  expect(first).toMatchObject({ records: [{ seq: BLOCK + 4095 - ((BLOCK + 4095) % 3) }], unindexed: SIZE - 4096 });
  expect(search.rows({ plan, offset: 0, limit: 1 }).unindexed).toBe(BLOCK);
  expect(() => search.oldest(plan, 0, 1)).toThrow(`${BLOCK} records`);
  const after = '2026-11-21T03:00:00.033000Z';
  expect(search.search({ plan: { ...plan, after }, limit: 1 }).unindexed).toBeUndefined();
  expect(search.search({ plan: { terms: [] }, limit: 1 })).toMatchObject({ total: SIZE, records: [{ seq: SIZE - 1 }] });
  expect(search.search({ plan: { terms: [] }, limit: 1 }).unindexed).toBeUndefined();
  search.close();
});
