import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { LedgerIdentity } from '../../contract/proof.ts';
import { LedgerFolder } from '../../services/audit/fixtures/ledgerFolder.ts';
import { runVerifier } from './program.ts';

let folder: LedgerFolder;
let identity: LedgerIdentity;
let ids: string[];
beforeEach(async () => {
  folder = new LedgerFolder();
  const audit = await folder.open();
  ids = ['one', 'two', 'three', 'four', 'five'].map(
    (text) =>
      audit.writer.append(
        { type: 'outcome', event: 'ok', server: 'fs', tool: 'read_file' },
        { kind: 'result', bytes: Buffer.from(JSON.stringify({ text })) },
      ).id,
  );
  await audit.settle();
  identity = audit.reader.identity();
  writeFileSync(folder.file('record.json'), JSON.stringify(await audit.reader.prove(ids[2] ?? '')));
  writeFileSync(folder.file('noted'), identity.checkpoint ?? '');
  audit.writer.append({ type: 'session', event: 'closed' });
  writeFileSync(folder.file('since.json'), JSON.stringify(await audit.reader.proveSince(identity.checkpoint ?? '')));
  await audit.close();
});
afterEach(() => folder[Symbol.asyncDispose]());

/** What the command says about a file, as a person sees it, and its exit code. */
async function verify(file: string, ...more: string[]): Promise<{ code: number; said: string }> {
  let said = '';
  const add = (text: string) => {
    said += text;
  };
  const args = [folder.file(file), '--key', identity.key, ...more];
  return { code: await runVerifier(args, '1.0.0', { out: add, error: add }), said };
}

test('a whole ledger, with nothing but its database and the public key', async () => {
  const { code, said } = await verify('ledger.db', '--first', identity.first);
  expect(said).toMatch(/^The ledger is whole\.\n {2}records {6}6, of which 6 under \d signed heads\n/);
  expect(code).toBe(0);
});

test('a payload that was exchanged for one of the same length', async () => {
  folder.tamper('ledger.db', (db) =>
    db.exec(`UPDATE payloads SET body = CAST('{"text":"six"}' AS BLOB) WHERE seq = 1`),
  );
  const { code, said } = await verify('ledger.db');
  expect(said).toContain('The ledger was changed: The payload of record 1 was altered.');
  expect(code).toBe(1);
});

test('an end that was cut off, with a head that was kept elsewhere', async () => {
  folder.tamper('ledger.db', (db) => {
    for (const table of ['records', 'nodes', 'payloads']) db.exec(`DELETE FROM ${table} WHERE seq >= 3`);
    db.exec('DELETE FROM checkpoints');
  });
  expect((await verify('ledger.db')).code).toBe(0);
  const { code, said } = await verify('ledger.db', '--witness', folder.file('noted'));
  expect(said).toContain('The ledger ends after 3 records; there were at least 5.');
  expect(code).toBe(1);
});

test('records that only the journal has yet are read, and said to be unsigned', async () => {
  const { writer } = await folder.open();
  writer.append({ type: 'session', event: 'opened' });
  const { code, said } = await verify('ledger.db');
  expect(said).toContain('records      7, of which 6');
  expect(said).toContain('the last 1: they are proved by nothing yet');
  expect(code).toBe(0);
});

test('one record with its payload, without the ledger', async () => {
  const { code, said } = await verify('record.json');
  expect(said).toBe('Proved. Record 2 with this payload is one of the first 5 records that this device signed.\n');
  expect(code).toBe(0);
});

test.each([
  ['another tool', (text: string) => text.replace('read_file', 'send_mail'), 'not the one at place 2'],
  ['another place', (text: string) => text.replace('"seq":2', '"seq":3'), 'not the one at place 3'],
  ['another payload', (text: string) => text.replace(/"bytes":"[^"]+"/, '"bytes":"e30="'), 'payload is not the one'],
  ['another head', (text: string) => text.replace('\\n5\\n', '\\n4\\n'), 'not signed with this key'],
])('a proof that was made to say %s does not hold', async (_, change, why) => {
  const proof = JSON.stringify(JSON.parse(readFileSync(folder.file('record.json'), 'utf8')));
  writeFileSync(folder.file('forged.json'), change(proof));
  const { code, said } = await verify('forged.json');
  expect(said).toContain(why);
  expect(code).toBe(1);
});

test.each([
  ['record.json', '--witness'],
  ['since.json', '--first'],
])('%s is not said to hold against what it cannot be compared with', async (file, option) => {
  const { code, said } = await verify(file, option, folder.file('noted'));
  expect(said).toContain(option);
  expect(code).toBe(2);
});

test('an export is held against a head that was kept elsewhere', async () => {
  const { exporting, close } = await folder.open();
  const by = { person: 'ada', via: 'control' } as const;
  const { export: id, header } = await exporting.begin({ query: {}, from: 0, as: 'jsonl' }, by);
  const { lines } = await exporting.page(id, 0, 100, by);
  await close();
  const [first = '', ...others] = [header, ...lines].map((line) => JSON.stringify(line));
  writeFileSync(folder.file('all.jsonl'), [first, ...others].join('\n'));
  expect(await verify('all.jsonl', '--witness', folder.file('noted'))).toMatchObject({ code: 0 });
  const earlier = { ...header, checkpoint: identity.checkpoint };
  writeFileSync(folder.file('cut.jsonl'), [JSON.stringify(earlier), ...others.slice(0, 5)].join('\n'));
  const { code, said } = await verify('cut.jsonl', '--witness', header.checkpoint);
  expect(said).toMatch(/^Not proved\. /);
  expect(code).toBe(1);
});

test('that the ledger goes on from an earlier head', async () => {
  expect(await verify('since.json')).toEqual({
    code: 0,
    said: 'Proved. The first 5 of 6 records are those that were signed before.\n',
  });
});

test('another device’s key proves nothing', async () => {
  await using other = new LedgerFolder();
  const audit = await other.open();
  identity = audit.reader.identity();
  expect((await verify('ledger.db')).said).toContain('not this device’s');
  expect((await verify('record.json')).code).toBe(1);
});

test.each([
  ['no such file', ['nowhere.db', '--key', 'x'], 'ENOENT'],
  ['something else', [import.meta.filename, '--key', 'x'], 'neither a ledger database nor an export'],
])('%s is said, with what to do', (_, args, why) => {
  const program = new URL('./main.ts', import.meta.url).pathname;
  const { status, stderr } = spawnSync(process.execPath, [program, ...args], { encoding: 'utf8' });
  expect(stderr).toContain(why);
  expect(status).toBe(2);
});
