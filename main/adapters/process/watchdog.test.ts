import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { eventually } from './fixtures/running.ts';
import { markOf, newMarks } from './mark.ts';
import { readProcess } from './processTable.ts';
import { WatchdogLine } from './watchdogLine.ts';

const main = fileURLToPath(new URL('watchdogMain.ts', import.meta.url));
const linux = process.platform === 'linux';

test('marks tell daemons, runs and trees apart', () => {
  const [one, two, other] = [newMarks('/a'), newMarks('/a'), newMarks('/b')];
  expect(one.home).toBe(two.home);
  expect(one.run).not.toBe(two.run);
  expect(one.run.startsWith(one.home)).toBe(true);
  expect(other.home).not.toBe(one.home);
  expect(markOf(process.pid)).toBeNull();
});

test('a watchdog that cannot be started is a refusal', async () => {
  const { run } = newMarks('/a');
  for (const args of [['/nothing.ts'], [main, 'not a prefix']]) {
    const line = new WatchdogLine({ program: process.execPath, args }, args.length > 1 ? '' : run);
    await expect(line.ready()).rejects.toMatchObject({ refusal: { code: 'SPAWN_FAILED' } });
  }
});

test.runIf(linux)('it does not open a debugger on SIGUSR1, ignores SIGTERM, and ends with its line', async () => {
  const token = `${randomUUID().replaceAll('-', '').slice(0, 16)}.${'0'.repeat(16)}.`;
  const line = new WatchdogLine({ program: process.execPath, args: [main] }, token);
  await line.ready();
  const { running } = await import('./fixtures/running.ts');
  const [pid = 0] = running(token);
  process.kill(pid, 'SIGUSR1');
  process.kill(pid, 'SIGTERM');
  await line.ready();
  expect(readProcess(pid)?.dead).toBe(false);
  await line.close();
  await eventually(() => running(token).length === 0);
});
