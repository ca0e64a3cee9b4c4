import { once } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import type { Worker } from 'node:worker_threads';
import { expect, onTestFinished, test } from 'vitest';
import { LedgerWorkerClient } from './ledgerWorkerClient.ts';

const UNTIL_CLOSED = `import { parentPort } from 'node:worker_threads';
parentPort.on('message', ({ kind }) => kind === 'close' && parentPort.close());`;

test('a worker that has nothing to do is let go, and so is each one after it', async () => {
  const started: Worker[] = [];
  const saw = (worker: Worker) => void started.push(worker);
  process.on('worker', saw);
  onTestFinished(() => void process.off('worker', saw));
  const entry = new URL(`data:text/javascript,${encodeURIComponent(UNTIL_CLOSED)}`);
  const client = new LedgerWorkerClient(entry, { file: '', indexFile: '' }, () => {}, 10);
  for (let time = 1; time <= 3; time += 1) {
    client.tend();
    await setImmediate();
    expect(started).toHaveLength(time);
    await once(started.at(-1) as Worker, 'exit');
  }
  await client.close();
});
