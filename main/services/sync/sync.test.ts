import { expect, test, vi } from 'vitest';
import { collectorLinks } from '../../adapters/http/collectorLink.ts';
import { nodeCrypto } from '../../adapters/keychain/crypto.ts';
import { ALL, setUp } from './fixtures/setUp.ts';

test('what is paused in the middle of an answer sends nothing more until a person says so', async () => {
  const open = vi.fn(collectorLinks.open);
  await using place = await setUp({ links: { ...collectorLinks, open } });
  const { sync, collector, append, pass, enrol, same } = place;
  await enrol();
  append(1500);
  collector.next('batches', { late: 200 });
  const round = pass(1500);
  await vi.waitFor(() => expect(sync.status().state).toBe('sending'));
  await sync.pause({ person: 'ada', via: 'window' });
  await round;
  open.mockClear();
  await pass(3_600_000);
  // Whatever began by itself would have opened a link by now.
  await new Promise((resolve) => setImmediate(resolve));
  expect(open).not.toHaveBeenCalled();
  expect(sync.status()).toMatchObject({ state: 'paused', nextAt: null, problem: null });
  await Promise.all([sync.resume({ person: 'ada', via: 'window' }), sync.resume({ person: 'ada', via: 'window' })]);
  await pass(0);
  expect([sync.status().state, same()]).toEqual(['idle', 0]);
});

test('a new key whose answer was lost is the one that goes on', async () => {
  await using place = await setUp();
  const { sync, collector, deps, append, pass, enrol, same } = place;
  await enrol();
  const before = collector.requestKey;
  collector.next('key', { cut: 0 });
  await expect(sync.rotate({ person: 'ada', via: 'window' })).rejects.toMatchObject({
    refusal: { code: 'COLLECTOR_UNREACHABLE' },
  });
  expect(collector.requestKey).not.toBe(before);
  append(1);
  await pass(0);
  expect(same()).toBe(0);
  const kept = (await deps.keystore.get('collector-key')) ?? '';
  expect(Buffer.from(nodeCrypto.signingKey(kept).publicKey.subarray(-32)).toString('base64')).toBe(
    collector.requestKey,
  );
  expect(await deps.keystore.list()).toEqual(['collector-key']);
});

test('a new key that the collector never took is let go, and the old one goes on', async () => {
  await using place = await setUp();
  const { sync, collector, deps, append, pass, enrol, same } = place;
  await enrol();
  const before = await deps.keystore.get('collector-key');
  collector.next('key', { instead: { status: 502 } });
  await expect(sync.rotate({ person: 'ada', via: 'window' })).rejects.toMatchObject({
    refusal: { code: 'COLLECTOR_UNREACHABLE' },
  });
  append(1);
  await pass(0);
  expect(same()).toBe(0);
  expect([await deps.keystore.get('collector-key'), await deps.keystore.list()]).toEqual([before, ['collector-key']]);
});

test('a machine with a long name is enrolled under the beginning of it', async () => {
  await using place = await setUp({ deviceName: `ada at ${'host'.repeat(63)}` });
  await place.enrol();
  expect([place.sync.status().state, place.same()]).toEqual(['idle', 0]);
});

test('an enrolment whose answer was lost is asked for again with the same code', async () => {
  await using place = await setUp();
  const { sync, collector, deps, append, enrol, same } = place;
  collector.next('enrolment', { cut: 0 });
  await expect(enrol()).rejects.toMatchObject({ refusal: { code: 'COLLECTOR_UNREACHABLE' } });
  expect([collector.spent.size, sync.status().state, await deps.keystore.list()]).toEqual([1, 'off', []]);
  append(3);
  await enrol();
  expect([sync.status().state, same()]).toEqual(['idle', 0]);
});

test.each([{ organisation: 'x'.repeat(5000) }, { organisation: { toString: 1 } }, { device: 'somebody/something' }])(
  'an enrolment that is answered with %o is none',
  async (odd) => {
    await using place = await setUp();
    const { sync, collector, enrol } = place;
    collector.next('enrolment', { odd });
    await expect(enrol()).rejects.toMatchObject({ refusal: { code: 'COLLECTOR_UNREACHABLE' } });
    expect(sync.status()).toMatchObject({ state: 'off', organisation: null, device: null });
  },
);

test('an enrolment that cannot be written down leaves the one before as it was', async () => {
  await using place = await setUp();
  const { sync, collector, deps, append, pass, enrol, same } = place;
  await enrol();
  const before = await deps.keystore.get('collector-key');
  const put = vi.spyOn(deps.rows, 'put').mockImplementationOnce(() => {
    throw new Error('the disk is full');
  });
  const known = collector.requestKey;
  await expect(sync.enrol(collector.url, collector.code, ALL, { person: 'ada', via: 'window' })).rejects.toThrow(
    'full',
  );
  put.mockRestore();
  collector.requestKey = known;
  append(1);
  await pass(0);
  expect([sync.status().state, same()]).toEqual(['idle', 0]);
  expect([await deps.keystore.get('collector-key'), await deps.keystore.list()]).toEqual([before, ['collector-key']]);
});
