import { spawnSync } from 'node:child_process';
import { copyFileSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { LedgerFolder } from './fixtures/ledgerFolder.ts';

const WRITER = fileURLToPath(new URL('./fixtures/killedWriter.ts', import.meta.url));
const JOURNAL = 'ledger.db-entries-0';

/** A writer that appended this many records and died before the database had them. */
function killed(folder: LedgerFolder, records: number): void {
  expect(spawnSync(process.execPath, [WRITER, folder.path, String(records)]).signal).toBe('SIGKILL');
}
/** Alarms of the ledger, oldest first. */
async function alarms(folder: LedgerFolder): Promise<string[]> {
  const { reader } = await folder.open();
  return (await reader.search({ type: 'alarm' })).records.map(({ event }) => event).reverse();
}

test('what only the journal has is there after a crash, payloads and all', async () => {
  await using folder = new LedgerFolder();
  killed(folder, 5);
  const { reader, findings, close } = await folder.open();
  expect(findings).toEqual([]);
  expect(await reader.verify()).toMatchObject({ ok: true, records: 5 });
  const page = await reader.search({ words: 'turn-4' });
  expect(page.records).toMatchObject([{ seq: 4, payloadText: '{"turn":4}' }]);
  expect(statSync(folder.file(JOURNAL)).size).toBe(0);
  await close();
});

test('reading the journal again adds nothing', async () => {
  await using folder = new LedgerFolder();
  killed(folder, 5);
  copyFileSync(folder.file(JOURNAL), folder.file('kept'));
  await (await folder.open()).close();
  copyFileSync(folder.file('kept'), folder.file(JOURNAL));
  const { reader, findings } = await folder.open();
  expect(findings).toEqual([]);
  expect(await reader.verify()).toMatchObject({ ok: true, records: 5 });
});

test('a last entry that was torn is dropped, wherever it was torn', async () => {
  for (const cut of [1, 20, 200, 330]) {
    await using folder = new LedgerFolder();
    killed(folder, 3);
    truncateSync(folder.file(JOURNAL), statSync(folder.file(JOURNAL)).size - cut);
    const { reader, findings } = await folder.open();
    expect(findings).toEqual([]);
    expect(await reader.verify()).toMatchObject({ ok: true, records: 2 });
  }
});

test('space that was never written is a torn end, too', async () => {
  await using folder = new LedgerFolder();
  killed(folder, 3);
  truncateSync(folder.file(JOURNAL), statSync(folder.file(JOURNAL)).size + 4096);
  expect((await folder.open()).findings).toEqual([]);
});

test('a flipped byte anywhere is an alarm, and what was found is kept aside', async () => {
  await using whole = new LedgerFolder();
  killed(whole, 3);
  const bytes = readFileSync(whole.file(JOURNAL));
  for (let at = 0; at < bytes.length; at += 61) {
    await using folder = new LedgerFolder();
    const flipped = Buffer.from(bytes);
    flipped[at] = (flipped[at] ?? 0) ^ 0x10;
    writeFileSync(folder.file(JOURNAL), flipped);
    copyFileSync(whole.file('device.json'), folder.file('device.json'));
    const { findings, reader } = await folder.open();
    expect(findings, `byte ${at}`).toMatchObject([{ event: 'journal-damaged' }]);
    expect(await reader.verify()).toMatchObject({ ok: true });
    expect(readdirSync(folder.path).filter((name) => name.includes('damaged'))).toHaveLength(1);
  }
}, 30_000);

test('a journal of another ledger is an alarm, and nothing of it is taken', async () => {
  await using folder = new LedgerFolder();
  await using other = new LedgerFolder();
  killed(folder, 5);
  killed(other, 3);
  await (await folder.open()).close();
  copyFileSync(other.file(JOURNAL), folder.file(JOURNAL));
  expect(await alarms(folder)).toEqual(['journal-damaged']);
});

test('a journal whose beginning the database lost is an alarm', async () => {
  await using folder = new LedgerFolder();
  killed(folder, 2);
  await (await folder.open()).close();
  killed(folder, 2);
  folder.tamper('ledger.db', (db) => db.exec('DELETE FROM records WHERE seq = 1; DELETE FROM nodes WHERE seq = 1'));
  expect(await alarms(folder)).toContain('journal-damaged');
});

test('many records turn the files over, and none is lost', async () => {
  await using folder = new LedgerFolder();
  const { writer, reader, close } = await folder.open();
  const bytes = Buffer.from(JSON.stringify('a line of text '.repeat(20_000)));
  for (let turn = 0; turn < 60; turn += 1) {
    const ref = writer.append({ type: 'outcome', event: 'ok' }, { kind: 'result', bytes });
    if (turn % 4 === 0) await writer.synced(ref);
  }
  expect(await reader.verify()).toMatchObject({ ok: true, records: 60 });
  await close();
  for (const name of ['ledger.db-entries-0', 'ledger.db-entries-1']) expect(statSync(folder.file(name)).size).toBe(0);
  expect((await folder.open()).reader.count()).toBe(60);
});
