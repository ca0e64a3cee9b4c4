/** Entry of the worker thread that indexes, searches, and moves the WAL into the database, so that the daemon's thread does not. */
import { parentPort, workerData } from 'node:worker_threads';
import { LedgerSearch } from './ledgerSearch.ts';
import type { LedgerAnswer, LedgerQuestion, LedgerWorkerData } from './ledgerWorkerMessages.ts';

const { file, indexFile } = workerData as LedgerWorkerData;
const port = parentPort;
if (port === null) throw new Error('This program is the entry of a worker thread.');
const search = new LedgerSearch(file, indexFile);
let tending = false;

// What the index lacks, it may have lacked since long before anybody asks.
tend();

port.on('message', (question: LedgerQuestion) => {
  if (question.kind === 'tend') {
    if (!tending) tend();
    return;
  }
  if (question.kind === 'paused') {
    tryTo(() => search.moveWal());
    say({ pause: false });
    return;
  }
  if (question.kind === 'close') {
    search.close();
    port.close();
    return;
  }
  say(answer(question));
});

function say(answer: LedgerAnswer): void {
  port?.postMessage(answer);
}

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
  tending = false;
  tryTo(() => {
    tending = search.tend();
    if (tending) {
      setImmediate(tend);
      say({ tending });
      // The WAL must not grow for as long as the index takes.
      if (!search.isWalLong()) return;
    }
    search.moveWal();
    if (!search.isWalLong()) return;
    // What was written meanwhile is moved in a short round, and what comes even then has to wait for the last.
    search.moveWal();
    say({ pause: true });
  });
}

/** The index is derived and the WAL is whole: whatever is in the way, the next round or search tries again. */
function tryTo(work: () => void): void {
  try {
    work();
  } catch {}
}
