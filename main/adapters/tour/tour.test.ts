import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import type { VerifyReport } from '../../contract/audit.ts';
import { openTourClient } from './client.ts';
import { filesystemServer } from './filesystemServer.ts';
import { makeTourFolder } from './folder.ts';
import { tamperTrial } from './tamper.ts';

test('a real client talks to the real file-system server in a folder of its own', async () => {
  const folder = await makeTourFolder('welcome.txt', 'Welcome.');
  onTestFinished(() => folder.remove());
  expect(await folder.read('welcome.txt')).toBe('Welcome.');
  expect(await folder.read('note.txt')).toBeNull();

  const { command, args } = filesystemServer(folder.path);
  const client = await openTourClient({ command, args, env: {} });
  onTestFinished(() => client.close());
  expect(await client.call('read_text_file', { path: join(folder.path, 'welcome.txt') })).toEqual({
    text: 'Welcome.',
    isError: false,
  });
  expect((await client.call('read_text_file', { path: '/etc/hostname' })).isError).toBe(true);
  await client.call('write_file', { path: join(folder.path, 'note.txt'), content: 'Hello\n' });
  expect(await folder.read('note.txt')).toBe('Hello\n');
});

test('a client whose program ends at once is told so', async () => {
  await expect(openTourClient({ command: process.execPath, args: ['-e', ''], env: {} })).rejects.toThrow('closed');
});

test('one byte is changed in a copy; the ledger stays as it is', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tamper-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'ledger.db');
  const ledger = new Database(file);
  ledger.exec(`CREATE TABLE records(seq INTEGER PRIMARY KEY, id TEXT, leaf BLOB);
    CREATE TRIGGER kept BEFORE UPDATE ON records BEGIN SELECT RAISE(ABORT, 'append only'); END;`);
  const leaf = Buffer.from('{"note":"é","tool":"write_file"}');
  ledger.prepare('INSERT INTO records VALUES (7, ?, ?)').run('r7', leaf);
  const leafIn = (path: string) => {
    const db = new Database(path, { readonly: true });
    const found = db.prepare<[], Buffer>('SELECT leaf FROM records').pluck().get();
    db.close();
    return found?.toString();
  };

  let seen: string | undefined;
  const { changed } = await tamperTrial(file, 'r7', async (copy) => {
    seen = leafIn(copy);
    return { ok: false } as VerifyReport;
  });
  ledger.close();
  expect(seen).toBe('{"note":"é","tool":"write_fild"}');
  expect(changed).toBe('record 7 now says “write_fild” instead of “write_file”');
  expect(leafIn(file)).toBe(leaf.toString());
  await expect(tamperTrial(file, 'r8', async () => ({}) as VerifyReport)).rejects.toThrow('r8');
});
