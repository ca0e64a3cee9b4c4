/** Entry of the worker thread that indexes, searches, and moves the WAL into the database, so that the daemon's thread does not. */
import { parentPort, workerData } from 'node:worker_threads';
import { LedgerSearch } from './ledgerSearch.ts';
import type { LedgerAnswer, LedgerQuestion, LedgerWorkerData } from './ledgerWorkerMessages.ts';

const { file, indexFile } = workerData as LedgerWorkerData;
const port = parentPort;
if (port === null) throw new Error('This program is the entry of a worker thread.');
const search = new LedgerSearch(file, indexFile);
/** Pieces of work after which the WAL is moved, also while there is more to do: it must not grow for as long as that takes. */
const PIECES = 64;
let tending = false;
let done = 0;

// What the index lacks, it may have lacked since long before anybody asks.
tend();

port.on('message', (question: LedgerQuestion) => {
  if (question.kind === 'tend') {
    if (!tending) tend();
    return;
  }
  if (question.kind === 'close') {
    search.close();
    port.close();
    return;
  }
  port.postMessage(answer(question));
});

function answer(question: Extract<LedgerQuestion, { number: number }>): LedgerAnswer {
  const { number } = question;
  try {
    return { number, value: found(question) };
  } catch (error) {
    return { number, failed: error instanceof Error ? error.message : String(error) };
  }
}

function found(question: Extract<LedgerQuestion, { number: number }>): unknown {
  switch (question.kind) {
    case 'search':
      return search.search(question.query);
    case 'rows':
      return search.rows(question.query);
    case 'rowOf':
      return search.rowOf(question.query);
    case 'call':
      return search.ofCall(question.call);
    case 'counts':
      return search.counts(question.plan, question.steps);
    case 'oldest':
      return search.oldest(question.plan, question.from, question.limit);
    case 'known':
      return search.known();
    case 'payloads':
      return search.payloadsBelow(question.limits);
  }
}

/** A batch at a time, so that a search need not wait for all of them. */
function tend(): void {
  try {
    tending = search.tend();
    done += 1;
    if (tending) setImmediate(tend);
    if (tending && done % PIECES !== 0) return;
    search.checkpointWal();
    if (tending) port?.postMessage({ tending } satisfies LedgerAnswer);
  } catch {
    // The index is derived and the WAL is whole: whatever was in the way, the next round or search tries again.
    tending = false;
  }
}
