/** Searching a large ledger (DESIGN.md's budgets: p95 100 ms, 50,000 records a second in groups; SECURITY.md: 100,000 verified in 5 s). */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type AuditQuestion, auditMix } from './auditMix.ts';
import { median, percentile } from './figures.ts';
import { aligned } from './report.ts';
import { PROGRAMS } from './setting.ts';

const QUICK = 200_000;
const WHOLE = 10_000_000;
/** Each question so often, in turn with the others. */
const ROUNDS = 11;
const APPENDED = 50_000;
const SEARCH_MS = 100;
const APPEND_RATE = 50_000;
const VERIFY_MS = 5000;
/** Each has to be written with a disk's patience first. */
const CALLS = 10_000;

/** A line of the program: how far it is, or an answer. */
interface News {
  readonly written?: number;
  /** Milliseconds of appending in groups, all that belongs to it included. */
  readonly appending?: number;
  /** Milliseconds that the processors worked, until the index had everything too. */
  readonly processor?: number;
  /** Milliseconds of indexing alone. */
  readonly indexing?: number;
  readonly ms?: number;
  readonly found?: number;
}

/** Makes a ledger of so many records in a temporary folder, asks it a fixed mix of questions, and prints how long each took. */
export async function measureAudit(options: { json: boolean; quick: boolean; records?: string | undefined }) {
  const records = Number(options.records ?? (options.quick ? QUICK : WHOLE));
  if (!Number.isSafeInteger(records) || records < APPENDED) throw new Error(`--records: ${APPENDED} or more.`);
  const folder = mkdtempSync(join(tmpdir(), 'countersign-bench-'));
  const child = spawn(process.execPath, [PROGRAMS.largeLedger, folder, String(records)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<News> => {
    const { value, done } = await lines.next();
    if (done) throw new Error('The ledger’s program ended.');
    return JSON.parse(value) as News;
  };
  const ask = async (question: AuditQuestion) => {
    child.stdin.write(`${JSON.stringify(question)}\n`);
    const { ms = Number.NaN, indexing = Number.NaN, found = 0 } = await next();
    if (found === 0) throw new Error(`Nothing was found: ${JSON.stringify(question)}`);
    return { ms, indexing };
  };
  try {
    const written = await progress(next, records);
    const mix = auditMix(records);
    const samples = mix.map((): number[] => []);
    for (let round = 0; round < ROUNDS; round += 1)
      for (const [at, { question }] of mix.entries()) samples[at]?.push((await ask(question)).ms);
    const again = await ask({ kind: 'append', records: APPENDED });
    const verify = await ask({ kind: 'verify' });
    const calls = await ask({ kind: 'verifyCalls', records: CALLS });
    const searches = mix.map(({ what }, at) => {
      const times = samples[at] ?? [];
      return { what, first: times[0] ?? Number.NaN, p50: median(times), p95: percentile(times, 0.95) };
    });
    const result = {
      records,
      cores: availableParallelism(),
      load: loadavg()[0] ?? Number.NaN,
      bytes: { ledger: sizeOf(folder, 'ledger.db'), words: sizeOf(folder, 'words.db') },
      written: (records * 1000) / (written.appending ?? Number.NaN),
      processor: ((written.processor ?? Number.NaN) * 1000) / records,
      append: (APPENDED * 1000) / again.ms,
      indexed: (APPENDED * 1000) / again.indexing,
      verify: (verify.ms * 100_000) / records,
      verifyCalls: (calls.ms * 100_000) / CALLS,
      searches,
      p95: percentile(samples.flat(), 0.95),
    };
    process.stdout.write(options.json ? `${JSON.stringify(result)}\n` : `${text(result).join('\n')}\n`);
  } finally {
    child.stdin.end();
    if (child.exitCode === null) await once(child, 'exit');
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Resolves with the last news of the writing; says on stderr how far it is. */
async function progress(next: () => Promise<News>, records: number): Promise<News> {
  while (true) {
    const news = await next();
    if (news.processor !== undefined) return news;
    process.stderr.write(`\r${count(news.written ?? 0)} of ${count(records)} records`);
    if (news.written === records) process.stderr.write(', indexing\n');
  }
}

interface Result {
  readonly records: number;
  readonly cores: number;
  readonly load: number;
  readonly bytes: { readonly ledger: number; readonly words: number };
  readonly written: number;
  readonly processor: number;
  readonly indexed: number;
  readonly append: number;
  readonly verify: number;
  readonly verifyCalls: number;
  readonly searches: readonly { what: string; first: number; p50: number; p95: number }[];
  readonly p95: number;
}

function text({
  records,
  cores,
  load,
  bytes,
  written,
  processor,
  indexed,
  append,
  verify,
  verifyCalls,
  searches,
  p95,
}: Result): string[] {
  const ms = (value: number) => value.toFixed(1);
  const judged = (holds: boolean, ...cells: string[]) => [holds ? 'holds ' : 'BROKEN', ...cells];
  return [
    `audit: ${count(records)} records (${mib(bytes.ledger)}; word index ${mib(bytes.words)}) on ${cores} cores, load ${load.toFixed(1)}`,
    '',
    ...aligned([
      ['search, a page of 100', 'first ms', 'p50 ms', 'p95 ms'],
      ...searches.map((one) => [one.what, ms(one.first), ms(one.p50), ms(one.p95)]),
    ]),
    '',
    `written with masking, sealing, hashing, sync in groups of 1,000 and the index beside: ${count(written)} records a second, ${count(processor)} µs of processor a record`,
    `indexing alone: ${count(indexed)} records a second`,
    '',
    ...aligned([
      judged(p95 <= SEARCH_MS, 'all these searches, p95', `${ms(p95)} ms`, `budget: ${SEARCH_MS} ms or less`),
      judged(
        append >= APPEND_RATE,
        'the store alone, in groups',
        `${count(append)} a second`,
        `budget: ${count(APPEND_RATE)} or more`,
      ),
      judged(
        verify <= VERIFY_MS,
        'verifying 100,000 records, in groups',
        `${count(verify)} ms`,
        `budget: ${count(VERIFY_MS)} ms or less`,
      ),
      judged(
        verifyCalls <= VERIFY_MS,
        'verifying 100,000 records, a call every 5 s',
        `${count(verifyCalls)} ms`,
        `budget: ${count(VERIFY_MS)} ms or less`,
      ),
    ]),
  ];
}

const count = (value: number) => Math.round(value).toLocaleString('en');
const mib = (bytes: number) => `${count(bytes / 2 ** 20)} MiB`;
const sizeOf = (folder: string, name: string) => statSync(join(folder, name)).size;
