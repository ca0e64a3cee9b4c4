import { expect, test } from 'vitest';
import { LedgerFolder } from './fixtures/ledgerFolder.ts';

const given = { type: 'consent', event: 'given', server: 'fs', person: 'ada', via: 'window' } as const;
const withdrawn = { type: 'consent', event: 'withdrawn', server: 'fs' } as const;
const alarms = async (folder: LedgerFolder) => {
  const audit = await folder.open();
  const { records } = await audit.reader.search({ type: 'alarm' });
  const result = {
    rows: audit.sealed.list('consent').map(({ key }) => key),
    voids: audit.sealed.voids(),
    alarms: records.length,
  };
  await audit.close();
  return result;
};

test('a row is put with its record, read back, replaced and removed', async () => {
  await using folder = new LedgerFolder();
  const { sealed, reader } = await folder.open();
  const row = sealed.put('consent', 'fs', { digest: 'sha256:1' }, given);
  expect(reader.record(row.record)).toMatchObject({ ...given, digests: { row: expect.stringMatching(/^sha256:/) } });
  expect(sealed.get('consent', 'fs')).toEqual(row);
  expect(sealed.get('pin', 'fs')).toBeUndefined();

  const newer = sealed.put('consent', 'fs', { digest: 'sha256:2' }, given);
  expect(sealed.list('consent')).toEqual([newer]);
  sealed.remove('consent', 'fs', withdrawn);
  expect(sealed.get('consent', 'fs')).toBeUndefined();
  expect(sealed.voids()).toEqual([]);
  expect(await reader.verify()).toMatchObject({ ok: true, records: 3 });
});

test('rows outlive the daemon', async () => {
  await using folder = new LedgerFolder();
  const first = await folder.open();
  first.sealed.put('consent', 'fs', { digest: 'sha256:1' }, given);
  first.sealed.put('consent', 'git', { digest: 'sha256:2' }, given);
  first.sealed.remove('consent', 'git', withdrawn);
  await first.close();
  expect(await alarms(folder)).toEqual({ rows: ['fs'], voids: [], alarms: 0 });
});

test.each([
  ['its body changed', `UPDATE seals SET body = '{"digest":"sha256:9"}'`, 'not written by this device'],
  ['its key changed', `UPDATE seals SET key = 'other'`, 'not written by this device'],
  ['its record changed', `UPDATE seals SET record = 'other'`, 'not written by this device'],
])('a row with %s is void, and reported once', async (_, sql, why) => {
  await using folder = new LedgerFolder();
  const first = await folder.open();
  first.sealed.put('consent', 'fs', { digest: 'sha256:1' }, given);
  await first.close();
  folder.tamper('state.db', (db) => db.exec(sql));
  const seen = await alarms(folder);
  expect(seen.rows).toEqual([]);
  expect(seen.voids).toContainEqual(expect.objectContaining({ kind: 'consent', why: expect.stringContaining(why) }));
  expect((await alarms(folder)).alarms).toBe(seen.alarms);
});

test('a row changed while the daemon runs is void at the next look', async () => {
  await using folder = new LedgerFolder();
  const { sealed } = await folder.open();
  sealed.put('consent', 'fs', { digest: 'sha256:1' }, given);
  folder.tamper('state.db', (db) => db.exec(`UPDATE seals SET body = '{"digest":"sha256:9"}'`));
  expect(sealed.get('consent', 'fs')).toBeUndefined();
  expect(sealed.voids()).toHaveLength(1);
});

test('an older row put back after it was replaced or withdrawn does not count, though its MAC holds', async () => {
  await using folder = new LedgerFolder();
  const first = await folder.open();
  first.sealed.put('consent', 'fs', { digest: 'sha256:old' }, given);
  await first.close();
  let old: unknown[] = [];
  folder.tamper('state.db', (db) => {
    old = db.prepare('SELECT * FROM seals').raw().get() as unknown[];
  });
  const second = await folder.open();
  second.sealed.remove('consent', 'fs', withdrawn);
  await second.close();
  folder.tamper('state.db', (db) => db.prepare('INSERT INTO seals VALUES (?, ?, ?, ?, ?, ?)').run(...old));
  const { rows, voids } = await alarms(folder);
  expect(rows).toEqual([]);
  expect(voids).toEqual([{ kind: 'consent', key: 'fs', why: 'the ledger’s newest record says otherwise' }]);
});

test('a row that disappeared without a record is an alarm', async () => {
  await using folder = new LedgerFolder();
  const first = await folder.open();
  first.sealed.put('switch', 'fs', { off: true }, { type: 'switch', event: 'off', server: 'fs' });
  await first.close();
  folder.tamper('state.db', (db) => db.exec('DELETE FROM seals'));
  const { voids, alarms: count } = await alarms(folder);
  expect(voids).toEqual([{ kind: 'switch', key: 'fs', why: 'it was removed without a record' }]);
  expect(count).toBe(1);
});

test('a row that a record in the ledger was forged for does not count', async () => {
  await using folder = new LedgerFolder();
  const first = await folder.open();
  first.sealed.put('consent', 'fs', { digest: 'sha256:1' }, given);
  await first.close();
  folder.tamper('ledger.db', (db) =>
    db.exec(`UPDATE records SET leaf = CAST(replace(leaf, 'given', 'GIVEN') AS BLOB)`),
  );
  const { rows, voids } = await alarms(folder);
  expect(rows).toEqual([]);
  expect(voids).toContainEqual({ kind: 'consent', key: 'fs', why: 'records of decisions were altered' });
});

test('a crash between the record and the row leaves the new row, one before the record the old', async () => {
  await using folder = new LedgerFolder();
  const first = await folder.open();
  first.sealed.put('consent', 'fs', { digest: 'sha256:1' }, given);
  const { record } = first.sealed.put('consent', 'git', { digest: 'sha256:2' }, given);
  await first.close();
  folder.tamper('state.db', (db) => {
    // The row of `git` as it lies after its record and before it is in force; that of `fs` beside one that has no record yet.
    db.exec(`UPDATE seals SET pending = 1 WHERE key = 'git'`);
    db.exec(`INSERT INTO seals SELECT kind, key, 1, '{"digest":"sha256:3"}', 'none', mac FROM seals WHERE key = 'fs'`);
  });
  const second = await folder.open();
  expect(second.sealed.voids()).toEqual([]);
  expect(second.sealed.get('consent', 'git')).toMatchObject({ record });
  expect(second.sealed.get('consent', 'fs')).toMatchObject({ body: { digest: 'sha256:1' } });
});
