import { expect, test } from 'vitest';
import { BATCH_BYTES, BATCH_RECORDS } from '../../main/contract/collector.ts';
import type { EnrolledDevice } from '../store/enrolments.ts';
import { Limits, TooMuch } from './limits.ts';

const device = (name: string) => ({ tenant: 'acme', device: name }) as EnrolledDevice;
const limits = (recordsPerMinute = 2 * BATCH_RECORDS) => new Limits({ recordsPerMinute, atOnce: 1 });

test('a record that fills a batch counts for as many as a batch can hold', async () => {
  const counted = limits();
  const long = [{ leaf: 'x'.repeat(BATCH_BYTES) }];
  await counted.take(device('a'), long);
  await counted.take(device('a'), long);
  await expect(counted.take(device('a'), [{ hash: '' }])).rejects.toThrow(TooMuch);
  await counted.take(device('b'), long);
});

test('no batch counts for more than the smallest limit lets through', async () => {
  await limits(BATCH_RECORDS).take(device('a'), [{ leaf: 'x'.repeat(2 * BATCH_BYTES) }]);
});

test('a device has so many requests under way, and another one its own', async () => {
  const counted = limits();
  const ends: (() => void)[] = [];
  const running = (name: string) => counted.ofDevice(device(name), () => new Promise<void>((end) => ends.push(end)));
  const begun = [1, 2, 3, 4].map(() => running('a'));
  await expect.poll(() => ends.length).toBe(4);
  await expect(running('a')).rejects.toThrow(TooMuch);
  begun.push(running('b'));
  await expect.poll(() => ends.length).toBe(5);
  ends[0]?.();
  await begun[0];
  begun.push(running('a'));
  await expect.poll(() => ends.length).toBe(6);
  for (const end of ends) end();
  await Promise.all(begun);
});

test('a device makes so many requests in a minute', async () => {
  const counted = limits();
  const request = () => counted.ofDevice(device('a'), async () => {});
  for (let one = 0; one < 3000; one += 1) await request();
  await expect(request()).rejects.toThrow(TooMuch);
});
