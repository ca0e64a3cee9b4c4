import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { newId } from '../../adapters/system/ids.ts';
import { LedgerFolder } from './fixtures/ledgerFolder.ts';

const unavailable = expect.objectContaining({ refusal: expect.objectContaining({ code: 'AUDIT_UNAVAILABLE' }) });
const started = { type: 'daemon', event: 'started' } as const;

test('while another program holds the database, what was acknowledged is kept, and soon nothing more is', async () => {
  await using folder = new LedgerFolder();
  const { writer, reader } = await folder.open();
  const first = writer.append(started);
  const other = new Database(folder.file('ledger.db'));
  other.exec('BEGIN IMMEDIATE');
  await expect.poll(() => attempt(() => writer.append(started))).toEqual(unavailable);
  const taken = reader.count();
  expect(() => writer.append(started)).toThrow(unavailable);
  expect(() => reader.record(first.id)).toThrow(unavailable);
  await expect(reader.verify()).rejects.toEqual(unavailable);
  expect(reader.count()).toBe(taken);
  other.exec('ROLLBACK');
  other.close();
  const ref = writer.append(started);
  expect(ref.seq).toBe(taken);
  await writer.synced(ref);
  expect(await reader.verify()).toMatchObject({ ok: true, records: taken + 1 });
});

/** What it throws; undefined when it does not. */
function attempt(work: () => unknown): unknown {
  try {
    work();
    return undefined;
  } catch (error) {
    return error;
  }
}

/** A file system of this size in a folder, where this account may have one; otherwise null. */
function smallDisk(folder: string, size: string): Disposable | null {
  try {
    execFileSync('/bin/mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    return null;
  }
  return { [Symbol.dispose]: () => void execFileSync('/bin/umount', ['-l', folder]) };
}

test('a full disk refuses, loses nothing, and goes on when there is room', async (context) => {
  await using outer = new LedgerFolder();
  mkdirSync(outer.file('disk'));
  using disk = smallDisk(outer.file('disk'), '2m');
  if (disk === null) context.skip('this account cannot mount a small file system');
  const folder = new LedgerFolder(outer.file('disk'));
  const { writer, reader, close } = await folder.open();
  const bytes = Buffer.from(JSON.stringify(Array.from({ length: 500 }, () => newId())));
  let written = 0;
  const fill = () => {
    for (;;) {
      writer.append(started, { kind: 'result', bytes });
      written += 1;
    }
  };
  expect(fill).toThrow(unavailable);
  expect(() => writer.append(started, { kind: 'result', bytes })).toThrow(unavailable);
  expect(reader.count()).toBe(written);
  execFileSync('/bin/mount', ['-o', 'remount,size=8m', folder.path]);
  await writer.synced(writer.append(started, { kind: 'result', bytes }));
  expect(await reader.verify()).toMatchObject({ ok: true, records: written + 1 });
  await close();
});

test('a database of a newer program is left alone', async () => {
  await using folder = new LedgerFolder();
  await (await folder.open()).close();
  folder.tamper('ledger.db', (db) => db.pragma('user_version = 99'));
  await expect(folder.open()).rejects.toMatchObject({ refusal: { code: 'DATABASE_NEWER' } });
});

test('a record that does not exist is not synced', async () => {
  await using folder = new LedgerFolder();
  const { writer } = await folder.open();
  await expect(writer.synced({ id: newId(), seq: 5 })).rejects.toEqual(unavailable);
});

test('a hundred who wait share few syncs, and all are served', async () => {
  await using folder = new LedgerFolder();
  const { writer } = await folder.open();
  await Promise.all(Array.from({ length: 100 }, () => writer.synced(writer.append(started))));
});

test('a keychain that fails does not stop the ledger', async () => {
  await using folder = new LedgerFolder();
  const { writer, reader, settle, close } = await folder.open({
    headAnchor: { load: async () => null, save: () => Promise.reject(new Error('locked')) },
  });
  await writer.synced(writer.append(started));
  await expect(settle()).rejects.toThrow('locked');
  expect(await reader.verify()).toMatchObject({ ok: true, signed: 1 });
  await close();
});
