/** Records a second into one PostgreSQL, verified on arrival (SECURITY.md's figures; DESIGN.md's budget: 20,000). */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { foundAt, startCollector } from '../e2e/fixtures/collector.ts';
import { startPostgres } from '../e2e/fixtures/postgres.ts';
import { median } from './figures.ts';
import { SyncDevice } from './syncDevice.ts';

const DEVICES = 6;
const RECORDS = 20_000;
const BUDGET = 20_000;
const SEARCHES = 21;
const TICKS_PER_SECOND = 100;

/** Several devices hand their whole ledgers over at once; then words are looked for in all of it. */
export async function measureSync({ json, quick }: { json: boolean; quick: boolean }): Promise<void> {
  const each = quick ? RECORDS / 4 : RECORDS;
  const postgres = await startPostgres();
  const data = mkdtempSync(join(tmpdir(), 'countersign-bench-'));
  const args = ['--records-per-minute', '100000000'];
  const collector = await startCollector({ data, databaseUrl: postgres.url, args });
  try {
    const { fleet } = await foundAt(collector.url, collector.bootstrap ?? '', 'Bench');
    const devices = Array.from({ length: DEVICES }, () => new SyncDevice(collector.url));
    for (const device of devices) {
      await device.enrol(fleet);
      await device.prepare(each);
    }
    const spentBy = () => processorSeconds(collector.pid) + processorSeconds(postgres.pid);
    const before = spentBy();
    const began = performance.now();
    const sent = (await Promise.all(devices.map((device) => device.send()))).reduce((sum, one) => sum + one, 0);
    const rate = (sent * 1000) / (performance.now() - began);
    const spent = (spentBy() - before) / sent;
    const rare = await searched(() => fleet.fleet.search({ words: `invoice ${each - 8}` }));
    const common = await searched(() => fleet.fleet.search({ words: 'budget', tool: 'write_file' }));
    const result = {
      rate,
      spent: spent * 1e6,
      records: sent,
      devices: DEVICES,
      rare,
      common,
      cores: availableParallelism(),
      load: loadavg()[0],
    };
    if (json) return void process.stdout.write(`${JSON.stringify(result)}\n`);
    const holds = rate >= BUDGET ? 'holds' : 'MISSED';
    process.stdout.write(
      [
        `sync: ${Math.round(rate).toLocaleString('en')} records a second into one PostgreSQL, verified (${holds}: ${BUDGET.toLocaleString('en')} or more)`,
        `      ${sent.toLocaleString('en')} records of ${DEVICES} devices; everything on ${result.cores} cores, load ${result.load?.toFixed(1)}`,
        `      ${result.spent.toFixed(0)} µs of processor a record in collector and PostgreSQL: two cores of their own would take ${Math.round(2e6 / result.spent).toLocaleString('en')} a second`,
        `      search in them, p50: a word in one record of each device ${rare.toFixed(0)} ms, a common word ${common.toFixed(0)} ms`,
        '',
      ].join('\n'),
    );
  } finally {
    await collector.stop();
    await postgres.stop();
    rmSync(data, { recursive: true, force: true });
  }
}

/** Processes that this one has started (Linux). */
function childrenOf(pid: number): number[] {
  const started = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
  return started === '' ? [] : started.split(' ').map(Number);
}

/** What a process and its children have used of the processors, however busy the machine is (Linux, proc(5)). */
function processorSeconds(pid: number): number {
  // A process counts what its children had used once they have ended.
  const ticks = childrenOf(pid).reduce((sum, child) => sum + ticksOf(child, 2), ticksOf(pid, 4));
  return ticks / TICKS_PER_SECOND;
}

/** The first of utime, stime, cutime and cstime; 0 when the process has ended by now. */
function ticksOf(pid: number, fields: number): number {
  try {
    const [, rest = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ');
    const times = rest.split(' ').slice(11, 11 + fields);
    return times.reduce((sum, time) => sum + Number(time), 0);
  } catch {
    return 0;
  }
}

/** Milliseconds of the middle one of some searches, each of which finds something. */
async function searched(search: () => Promise<{ records: readonly unknown[] }>): Promise<number> {
  const samples: number[] = [];
  for (let done = 0; done < SEARCHES; done += 1) {
    const began = performance.now();
    const { records } = await search();
    if (records.length === 0) throw new Error('The search found nothing.');
    samples.push(performance.now() - began);
  }
  return median(samples);
}
