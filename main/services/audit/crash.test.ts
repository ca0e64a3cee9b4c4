import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { LedgerFolder } from './fixtures/ledgerFolder.ts';

const APPENDER = fileURLToPath(new URL('./fixtures/appender.ts', import.meta.url));

/** Runs a writer on the folder and kills it after this many lines; gives what it had said by then. */
async function killedAfter(folder: LedgerFolder, lines: number): Promise<string[]> {
  const child = spawn(process.execPath, [APPENDER, folder.path], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<string | null>((resolve) => child.once('exit', (_, signal) => resolve(signal)));
  const said: string[] = [];
  for await (const line of createInterface(child.stdout)) {
    said.push(line);
    if (said.length === lines) child.kill('SIGKILL');
  }
  expect(await ended).toBe('SIGKILL');
  return said.map((line) => line.split(' ')[1] ?? '');
}

test('killed at any moment, no acknowledged record is lost, the ledger proves, and open intents are closed', async () => {
  await using folder = new LedgerFolder();
  const acknowledged: string[] = [];
  for (let round = 0; round < 12; round += 1) {
    acknowledged.push(...(await killedAfter(folder, 1 + ((round * 97) % 700))));
    const { reader, findings, recovered, close } = await folder.open();
    expect(findings).toEqual([]);
    expect(recovered).toBeGreaterThan(0);
    expect(await reader.verify()).toMatchObject({ ok: true, fault: null });
    for (const id of acknowledged) expect(reader.record(id)?.id).toBe(id);
    const intents = await reader.search({ type: 'intent', limit: 1 });
    const outcomes = await reader.search({ type: 'outcome', limit: 1 });
    expect(outcomes.total).toBe(intents.total);
    await close();
  }
}, 60_000);

test('an intent left open is closed as unknown, once', async () => {
  await using folder = new LedgerFolder();
  await killedAfter(folder, 1);
  const first = await folder.open();
  const unknown = await first.reader.search({ words: 'unknown', type: 'outcome' });
  expect(unknown.records[0]).toMatchObject({
    event: 'unknown',
    server: 'fs',
    tool: 'write_file',
    reason: expect.stringContaining('may have run'),
  });
  await first.close();
  expect((await folder.open()).recovered).toBe(0);
});
