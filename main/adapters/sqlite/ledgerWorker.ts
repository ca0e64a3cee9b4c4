/** Entry of the worker thread that indexes, searches, and moves the WAL into the database, so that the daemon's thread does not. */
import { parentPort, workerData } from 'node:worker_threads';
import { LedgerSearch } from './ledgerSearch.ts';
import type { LedgerAnswer, LedgerQuestion, LedgerWorkerData } from './ledgerWorkerMessages.ts';

const { file, indexFile } = workerData as LedgerWorkerData;
const port = parentPort;
if (port === null) throw new Error('This program is the entry of a worker thread.');
const search = new LedgerSearch(file, indexFile);
let tending = false;

port.on('message', (question: LedgerQuestion) => {
  if (question.kind === 'tend') {
    if (!tending) tend();
    return;
  }
  port.postMessage(answer(question));
  if (question.kind === 'close') port.close();
});

function answer(question: Exclude<LedgerQuestion, { kind: 'tend' }>): LedgerAnswer {
  const { number } = question;
  try {
    if (question.kind === 'search') return { number, value: search.search(question.query) };
    if (question.kind === 'call') return { number, value: search.ofCall(question.call) };
    return { number, value: search.close() };
  } catch (error) {
    return { number, failed: error instanceof Error ? error.message : String(error) };
  }
}

/** A batch at a time, so that a search need not wait for all of them. */
function tend(): void {
  try {
    tending = search.tend();
    if (tending) setImmediate(tend);
    else search.checkpointWal();
  } catch {
    // The index is derived and the WAL is whole: whatever was in the way, the next round or search tries again.
    tending = false;
  }
}
