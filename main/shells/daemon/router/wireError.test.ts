import { expect, test } from 'vitest';
import { Refused, refusal } from '../../../contract/errors.ts';
import { onlyRefusals, wireError } from './wireError.ts';

function stage() {
  const faults: unknown[] = [];
  return { faults, refusals: onlyRefusals((error) => faults.push(error)) };
}

async function* thenThrows(error: unknown) {
  yield 1;
  throw error;
}

async function read(stream: unknown) {
  const got: unknown[] = [];
  try {
    for await (const one of stream as AsyncIterable<unknown>) got.push(one);
  } catch (error) {
    return { got, error };
  }
  return { got, error: null };
}

test('a refusal in the middle of a stream goes out as that refusal', async () => {
  const { faults, refusals } = stage();
  const { got, error } = await read(refusals.stream(thenThrows(new Refused('SERVER_UNKNOWN', 'nope')), undefined));
  expect(got).toEqual([1]);
  expect(error).toMatchObject({ code: 'SERVER_UNKNOWN', data: refusal('SERVER_UNKNOWN', 'nope') });
  expect(faults).toEqual([]);
});

test('a fault in a stream goes out as INTERNAL, without its words, and is kept', async () => {
  const { faults, refusals } = stage();
  const fault = new Error('/home/ada/secret');
  const { error } = await read(refusals.stream(thenThrows(fault), undefined));
  expect(error).toEqual(wireError(refusal('INTERNAL')));
  expect(faults).toEqual([fault]);
});

test('a stream that its reader gave up is nobody’s fault', async () => {
  const { faults, refusals } = stage();
  await read(refusals.stream(thenThrows(new Error('aborted')), AbortSignal.abort()));
  expect(faults).toEqual([]);
});

test('what is no stream is given back as it is', () => {
  const output = { ask: 'one' };
  expect(stage().refusals.stream(output, undefined)).toBe(output);
});
