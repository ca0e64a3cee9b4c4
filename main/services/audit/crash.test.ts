import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, inject, test } from 'vitest';
import { LedgerFolder } from './fixtures/ledgerFolder.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** How many kills are tried, when somebody said so (`npm run faults -- 1000`). */
    kills: number | undefined;
  }
}

/** SECURITY.md, figures: a hundred with every change, a thousand when asked (`npm run faults -- 1000`). */
const KILLS = inject('kills') ?? 100;
/** So many meet the same ledger, one after the other. */
const KILLS_EACH = 10;
/** The most records a writer has acknowledged before it is killed. */
const MOST_LINES = 120;

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

/** Kills writers of one ledger at random moments, and looks at what each left. */
async function survives(kills: number): Promise<void> {
  await using folder = new LedgerFolder();
  const acknowledged: string[] = [];
  for (let kill = 0; kill < kills; kill += 1) {
    acknowledged.push(...(await killedAfter(folder, 1 + Math.floor(Math.random() * MOST_LINES))));
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
}

const ledgers = Array.from({ length: Math.ceil(KILLS / KILLS_EACH) }, (_, at) => ({
  kills: Math.min(KILLS_EACH, KILLS - at * KILLS_EACH),
}));

test.concurrent.each(ledgers)(
  'after each of $kills kills at random moments no acknowledged record is lost, the ledger proves, and open intents are closed',
  ({ kills }) => survives(kills),
  120_000,
);

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
