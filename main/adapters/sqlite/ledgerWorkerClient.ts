/** The daemon's side of the ledger's worker: started when first needed, and again after it failed. */
import { Worker } from 'node:worker_threads';
import type { AuditPage, AuditRow } from '../../contract/audit.ts';
import { Refused } from '../../contract/errors.ts';
import type { RecordView } from '../../contract/record.ts';
import type { RetentionEffect } from '../../contract/retention.ts';
import type { SearchCounts, SearchPlan } from '../../contract/search.ts';
import type {
  KeptPayloads,
  LedgerPlace,
  LedgerQuery,
  LedgerRows,
  LedgerRowsQuery,
} from '../../services/audit/ports.ts';
import type { LedgerAnswer, LedgerQuestion, LedgerWorkerData } from './ledgerWorkerMessages.ts';

/** A worker that was not asked anything and had nothing to do for so long is let go: it holds some 20 MB. */
const IDLE_MS = 60_000;

interface Waiting {
  readonly worker: Worker;
  resolve(value: unknown): void;
  reject(error: Error): void;
}
/** A question without its number. */
type Asked = LedgerQuestion extends infer Question
  ? Question extends { readonly number: number }
    ? Omit<Question, 'number'>
    : never
  : never;

export class LedgerWorkerClient {
  readonly #entry: URL;
  readonly #data: LedgerWorkerData;
  readonly #pause: (on: boolean) => void;
  readonly #idleMs: number;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | null = null;
  #idle: NodeJS.Timeout | null = null;
  #number = 0;

  /** `pause(true)`: the database is to be given nothing until `pause(false)`, some milliseconds later. */
  constructor(entry: URL, data: LedgerWorkerData, pause: (on: boolean) => void = () => {}, idleMs = IDLE_MS) {
    this.#entry = entry;
    this.#data = data;
    this.#pause = pause;
    this.#idleMs = idleMs;
  }

  /** Lets the worker index and move the WAL, some time soon. */
  tend(): void {
    this.#take().postMessage({ kind: 'tend' } satisfies LedgerQuestion);
  }
  /** Rejects with `Refused('AUDIT_UNAVAILABLE')`, as the others do. */
  search(query: LedgerQuery): Promise<AuditPage> {
    return this.#ask({ kind: 'search', query }) as Promise<AuditPage>;
  }
  rows(query: LedgerRowsQuery): Promise<LedgerRows> {
    return this.#ask({ kind: 'rows', query }) as Promise<LedgerRows>;
  }
  rowOf(query: LedgerPlace): Promise<AuditRow> {
    return this.#ask({ kind: 'rowOf', query }) as Promise<AuditRow>;
  }
  ofCall(call: string): Promise<RecordView[]> {
    return this.#ask({ kind: 'call', call }) as Promise<RecordView[]>;
  }
  counts(plan: SearchPlan, steps: number): Promise<SearchCounts | null> {
    return this.#ask({ kind: 'counts', plan, steps }) as Promise<SearchCounts | null>;
  }
  oldest(query: { plan: SearchPlan; from: number; limit: number }): Promise<{ seqs: number[]; next: number | null }> {
    return this.#ask({ kind: 'oldest', ...query }) as Promise<{ seqs: number[]; next: number | null }>;
  }
  known(): Promise<Record<string, string[]>> {
    return this.#ask({ kind: 'known' }) as Promise<Record<string, string[]>>;
  }
  payloadsBelow(limits: KeptPayloads): Promise<RetentionEffect> {
    return this.#ask({ kind: 'payloads', limits }) as Promise<RetentionEffect>;
  }

  /** Resolves when the worker has answered what it was asked, closed its databases and ended. */
  async close(): Promise<void> {
    const worker = this.#worker;
    this.#worker = null;
    if (this.#idle !== null) clearTimeout(this.#idle);
    // One that was cleared cannot be begun again: the next worker has its own.
    this.#idle = null;
    if (worker === null) return;
    const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
    worker.ref();
    worker.postMessage({ kind: 'close' } satisfies LedgerQuestion);
    await ended;
  }

  #ask(question: Asked): Promise<unknown> {
    this.#number += 1;
    const number = this.#number;
    const worker = this.#take();
    // Whoever waits for an answer keeps the process alive; a worker that only tends does not.
    worker.ref();
    return new Promise((resolve, reject) => {
      this.#waiting.set(number, { worker, resolve, reject });
      worker.postMessage({ ...question, number });
    });
  }

  #take(): Worker {
    this.#worker ??= this.#start();
    this.#idle ??= setTimeout(() => void this.close(), this.#idleMs).unref();
    this.#idle.refresh();
    return this.#worker;
  }

  #start(): Worker {
    const worker = new Worker(this.#entry, { workerData: this.#data, execArgv: [] });
    worker.unref();
    worker.on('message', (answer: LedgerAnswer) => this.#heard(worker, answer));
    worker.on('error', () => this.#lost(worker));
    worker.on('exit', () => this.#lost(worker));
    return worker;
  }

  #heard(worker: Worker, answer: LedgerAnswer): void {
    if ('tending' in answer) {
      this.#idle?.refresh();
      return;
    }
    if ('pause' in answer) {
      this.#pause(answer.pause);
      if (answer.pause) worker.postMessage({ kind: 'paused' } satisfies LedgerQuestion);
      return;
    }
    const waiting = this.#waiting.get(answer.number);
    this.#waiting.delete(answer.number);
    if (this.#waiting.size === 0) this.#worker?.unref();
    if ('failed' in answer) waiting?.reject(new Refused('AUDIT_UNAVAILABLE', answer.failed));
    else waiting?.resolve(answer.value);
  }

  #lost(worker: Worker): void {
    if (this.#worker === worker) this.#worker = null;
    this.#pause(false);
    for (const [number, waiting] of this.#waiting) {
      if (waiting.worker !== worker) continue;
      this.#waiting.delete(number);
      waiting.reject(new Refused('AUDIT_UNAVAILABLE', 'the search ended'));
    }
  }
}
