/** The daemon's side of the ledger's worker: started when first needed, and again after it failed. */
import { Worker } from 'node:worker_threads';
import type { AuditPage, AuditQuery } from '../../contract/audit.ts';
import { Refused } from '../../contract/errors.ts';
import type { RecordView } from '../../contract/record.ts';
import type { LedgerAnswer, LedgerQuestion, LedgerWorkerData } from './ledgerWorkerMessages.ts';

interface Waiting {
  resolve(value: unknown): void;
  reject(error: Error): void;
}
type Asked = { kind: 'search'; query: AuditQuery } | { kind: 'call'; call: string } | { kind: 'close' };

export class LedgerWorkerClient {
  readonly #entry: URL;
  readonly #data: LedgerWorkerData;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | null = null;
  #number = 0;

  constructor(entry: URL, data: LedgerWorkerData) {
    this.#entry = entry;
    this.#data = data;
  }

  /** Lets the worker index and move the WAL, some time soon. */
  tend(): void {
    this.#post({ kind: 'tend' });
  }
  search(query: AuditQuery): Promise<AuditPage> {
    return this.#ask({ kind: 'search', query }) as Promise<AuditPage>;
  }
  ofCall(call: string): Promise<RecordView[]> {
    return this.#ask({ kind: 'call', call }) as Promise<RecordView[]>;
  }

  async close(): Promise<void> {
    const worker = this.#worker;
    if (worker === null) return;
    await this.#ask({ kind: 'close' }).catch(() => undefined);
    this.#worker = null;
    await worker.terminate();
  }

  #ask(question: Asked): Promise<unknown> {
    this.#number += 1;
    const number = this.#number;
    return new Promise((resolve, reject) => {
      this.#waiting.set(number, { resolve, reject });
      this.#post({ ...question, number });
      // Whoever waits for an answer keeps the process alive; a worker that only tends does not.
      this.#worker?.ref();
    });
  }

  #post(question: LedgerQuestion): void {
    this.#worker ??= this.#start();
    this.#worker.postMessage(question);
  }

  #start(): Worker {
    const worker = new Worker(this.#entry, { workerData: this.#data, execArgv: [] });
    worker.unref();
    worker.on('message', (answer: LedgerAnswer) => this.#settle(answer));
    worker.on('error', () => this.#lost(worker));
    worker.on('exit', () => this.#lost(worker));
    return worker;
  }

  #settle(answer: LedgerAnswer): void {
    const waiting = this.#waiting.get(answer.number);
    this.#waiting.delete(answer.number);
    if (this.#waiting.size === 0) this.#worker?.unref();
    if ('failed' in answer) waiting?.reject(new Refused('AUDIT_UNAVAILABLE', answer.failed));
    else waiting?.resolve(answer.value);
  }

  #lost(worker: Worker): void {
    if (this.#worker !== worker) return;
    this.#worker = null;
    for (const { reject } of this.#waiting.values()) reject(new Refused('AUDIT_UNAVAILABLE', 'the search ended'));
    this.#waiting.clear();
  }
}
