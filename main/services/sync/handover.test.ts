import { gzipSync } from 'node:zlib';
import { expect, test, vi } from 'vitest';
import { systemClock } from '../../adapters/system/clock.ts';
import { refusal } from '../../contract/refusal.ts';
import { ended, setUp } from './fixtures/setUp.ts';
import type { UnrulyCollector } from './fixtures/unrulyCollector.ts';
import { Sync } from './sync.ts';

test('everything is handed over in order, and counts once there is a receipt', async () => {
  await using place = await setUp();
  const { sync, collector, append, pass, enrol, same } = place;
  append(2500);
  await enrol();
  expect(same()).toBe(0);
  expect(collector.sizes).toEqual([1000, 1000, 501]);
  expect(sync.status()).toMatchObject({ state: 'idle', records: 2501, received: 2501, lag: 0, problem: null });
  expect([sync.heldFrom(), sync.witness()?.holds]).toEqual([2501, true]);
  append(1);
  await pass(1500);
  expect(same()).toBe(0);
});

test('records that come without a pause are not put off', async () => {
  await using place = await setUp();
  const { collector, append, pass, enrol, same } = place;
  await enrol();
  const before = collector.sizes.length;
  for (let half = 0; half < 6; half += 1) {
    append(1);
    await pass(500);
  }
  expect(collector.sizes.length - before).toBe(2);
  expect(same()).toBe(0);
});

test.each([
  ['does not answer', { instead: { status: 502, body: '<html>' } }],
  ['answers with something else', { instead: { status: 200, body: '{"size":9000}' } }],
  ['ends in the middle of its answer', { cut: 20 }],
  ['ends before its answer, having taken the batch', { cut: 0 }],
])('a collector that %s is tried again, and has everything once', async (_, mishap) => {
  await using place = await setUp();
  const { sync, collector, append, pass, enrol, same } = place;
  append(1200);
  collector.next('batches', mishap);
  await enrol();
  expect(sync.status()).toMatchObject({
    state: 'waiting',
    received: 0,
    problem: { code: 'COLLECTOR_UNREACHABLE' },
  });
  expect(sync.heldFrom()).toBe(0);
  await pass(1000);
  expect(sync.status()).toMatchObject({ state: 'idle', received: 1201, problem: null });
  expect(collector.sizes).toEqual([1000, 201]);
  expect(same()).toBe(0);
});

test.each([
  ['7', 7000],
  ['0', 1000],
  ['-3', 1000],
  ['99999999999', 3_600_000],
  ['Fri, 31 Dec 2100 23:59:59 GMT', 5000],
])('told to come again after "%s", it waits as long as that makes sense', async (wait, ms) => {
  await using place = await setUp();
  const { sync, collector, pass, enrol, same } = place;
  collector.next('batches', { instead: { status: 429, headers: { 'Retry-After': wait } } });
  await enrol();
  expect(sync.status()).toMatchObject({ state: 'waiting', problem: { code: 'SLOW_DOWN' } });
  await pass(ms - 1);
  expect([sync.status().state, collector.sizes]).toEqual(['waiting', []]);
  await pass(1);
  expect([sync.status().state, same()]).toEqual(['idle', 0]);
});

/** The head of a receipt, and one of the same size over other records. */
const head = (receipt: string | null) => receipt?.replace(/(?<=\n)— countersign.dev\/collector.*\n/, '') ?? '';
const another = (receipt: string | null) => head(receipt).replace(/(?<=^[^\n]+\n\d+\n).{8}/, 'AAAAAAAA');

test.each<[string, Parameters<UnrulyCollector['next']>[1]]>([
  ['says that it has more than it signed', { lie: (truth) => ({ ...truth, size: truth.seen }) }],
  ['is another one', { lie: (truth) => ({ ...truth, signature: Buffer.alloc(64).toString('base64') }) }],
  ['has no receipt', { lie: (truth) => ({ ...truth, receipt: null }) }],
  ['is over another head than it says', { lie: (truth) => ({ ...truth, seen: truth.seen + 1 }) }],
  ['is of another epoch', { lie: (truth) => ({ ...truth, epoch: 2 }) }],
  ['is over another ledger', { lie: (truth, witness) => ({ ...truth, receipt: witness(another(truth.receipt)) }) }],
  [
    'is over an earlier head of another ledger',
    {
      lie: (truth, witness) => {
        const seen = truth.size;
        return { ...truth, seen, receipt: witness(another(truth.receipt).replace(/\n\d+\n/, `\n${seen}\n`)) };
      },
    },
  ],
  ['was given at no time', { lie: (truth, witness) => ({ ...truth, receipt: witness(head(truth.receipt), 2 ** 60) }) }],
])('what answers and %s gets nothing more, and nothing counts as received', async (_, lie) => {
  await using place = await setUp();
  const { sync, collector, audit, append, pass, enrol } = place;
  append(1200);
  collector.next('batches', lie);
  await enrol();
  expect(sync.status()).toMatchObject({ state: 'stopped', received: 0, problem: { code: 'COLLECTOR_UNTRUSTED' } });
  expect(sync.heldFrom()).toBe(0);
  await pass(3_600_000);
  expect(collector.sizes).toEqual([1000]);
  expect((await audit.reader.search({ type: 'alarm' })).records).toMatchObject([{ event: 'sync-stopped' }]);
});

test.each<[string, number, object]>([
  ['blames the device', 400, refusal('DATABASE_TAMPERED', 'call the number below')],
  ['says nothing that is known', 418, { code: 'TEAPOT' }],
])('a collector that refuses and %s is one that cannot be reached', async (_, status, data) => {
  await using place = await setUp();
  const { sync, collector, enrol } = place;
  const body = JSON.stringify({ defined: false, code: 'X', status, message: '', data });
  collector.next('batches', { instead: { status, headers: { 'Content-Type': 'application/json' }, body } });
  await enrol();
  expect(sync.status()).toMatchObject({ state: 'waiting', problem: { code: 'COLLECTOR_UNREACHABLE' } });
});

test('what a collector says of a refusal is told in short', async () => {
  await using place = await setUp();
  const { sync, collector, enrol } = place;
  const data = refusal('CONTINUITY_BROKEN', 'x'.repeat(5000));
  const body = JSON.stringify({ defined: false, code: data.code, status: 409, message: '', data });
  collector.next('batches', { instead: { status: 409, headers: { 'Content-Type': 'application/json' }, body } });
  await enrol();
  expect(sync.status()).toMatchObject({ state: 'stopped', problem: { code: 'CONTINUITY_BROKEN' } });
  expect(sync.status().problem?.detail).toHaveLength(200);
});

test('an answer that grows without end as it is unpacked is given up', async () => {
  await using place = await setUp();
  const { sync, collector, pass, enrol, same } = place;
  const body = gzipSync(Buffer.alloc(8 * 1024 * 1024, ' '));
  const headers = { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' };
  collector.next('batches', { instead: { status: 200, headers, body } });
  await enrol();
  expect(sync.status().problem).toMatchObject({ code: 'COLLECTOR_UNREACHABLE', detail: 'its answer is too long' });
  await pass(1000);
  expect([sync.status().state, same()]).toEqual(['idle', 0]);
});

test('a collector that answers and takes nothing is not asked without end', async () => {
  await using place = await setUp();
  const { sync, collector, append, pass, enrol, same } = place;
  await enrol();
  append(1);
  collector.next('batches', { forget: true });
  await pass(1500);
  expect(sync.status()).toMatchObject({ state: 'waiting', problem: { code: 'COLLECTOR_UNREACHABLE' } });
  expect(same()).toBe(1);
  await pass(1000);
  expect(same()).toBe(0);
});

test('a receipt that was kept is taken up again; a collector that lost records gets them once more', async () => {
  await using place = await setUp();
  const { sync, collector, deps, append, pass, enrol, same } = place;
  append(100);
  await enrol();
  await sync.close();
  const again = await Sync.open(deps);
  expect(again.status().received).toBe(101);
  collector.records.splice(50);
  place.clock.pass(0);
  await ended(again);
  expect(same()).toBe(0);
  expect(again.status()).toMatchObject({ state: 'idle', received: 101 });
  await again.close();
  await pass(0);
});

test('how far it is behind is the age of the oldest record that waits, also after a restart', async () => {
  await using place = await setUp();
  const { sync, collector, deps, append, pass, enrol } = place;
  await enrol();
  append(1);
  collector.next('batches', { instead: { status: 502 } });
  await pass(1500);
  await sync.close();
  const anHourLater = await Sync.open({ ...deps, clock: systemClock(() => Date.now() + 3_600_000) });
  const { lag } = anHourLater.status();
  await anHourLater.close();
  expect(Math.round(lag / 60)).toBe(60);
});

test('records that are gone before they were sent are told of, once, and not asked for without end', async () => {
  await using place = await setUp();
  const { sync, collector, folder, audit, append, pass, enrol } = place;
  await enrol();
  append(5);
  await audit.settle();
  folder.tamper('ledger.db', (db) => db.exec('DELETE FROM records WHERE seq >= 3'));
  const { length } = collector.sizes;
  for (const ms of [1500, 1000, 2000]) await pass(ms);
  expect(sync.status()).toMatchObject({ state: 'waiting', problem: { code: 'DATABASE_TAMPERED' } });
  expect(collector.faults).toEqual([{ epoch: 1, seq: 3, message: 'Record 3 is missing on the device.' }]);
  // The two before it, once.
  expect(collector.sizes.slice(length)).toEqual([2]);
});

test('a payload that is damaged stays here, and everything behind it goes out', async () => {
  await using place = await setUp();
  const { sync, collector, folder, audit, append, pass, enrol, same } = place;
  await enrol();
  const bytes = Buffer.from('{}');
  const { seq } = audit.writer.append({ type: 'outcome', event: 'ok' }, { kind: 'result', bytes });
  append(1);
  await audit.settle();
  folder.tamper('ledger.db', (db) => db.exec(`UPDATE payloads SET codec = 1 WHERE seq = ${seq}`));
  await pass(1500);
  expect([sync.status().state, same()]).toEqual(['idle', 0]);
  expect(collector.records[seq]).not.toHaveProperty('payload');
});

test('a fault that could not be reported is reported at the next chance', async () => {
  await using place = await setUp();
  const { sync, collector, deps, audit, pass, enrol } = place;
  const fault = vi.spyOn(deps.ledger, 'fault').mockReturnValue(1);
  collector.next('faults', { cut: 0 });
  await enrol();
  expect(sync.status()).toMatchObject({ state: 'waiting' });
  await pass(1000);
  fault.mockRestore();
  expect((await audit.reader.search({ type: 'alarm' })).records).toMatchObject([{ event: 'ledger-altered' }]);
});
