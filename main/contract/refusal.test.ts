import { expect, test } from 'vitest';
import { ERRORS, Refused, refusal, refusalText } from './refusal.ts';

test('each code has a number of its own, outside the range JSON-RPC reserves', () => {
  const numbers = Object.values(ERRORS).map(({ rpc }) => rpc);
  expect(new Set(numbers).size).toBe(numbers.length);
  for (const number of numbers) expect(number < -32768 || number > -32000).toBe(true);
});

test('each says what happened and what to do, in whole sentences', () => {
  for (const { message, fix } of Object.values(ERRORS)) {
    expect(message).toMatch(/^[A-Z].*\.$/);
    expect(fix).toMatch(/^[A-Z].*\.$/);
  }
});

test('a refusal carries the particular between the two', () => {
  expect(refusalText(refusal('SERVER_UNKNOWN', 'files'))).toBe(
    'No server of this name is configured. (files) Run "countersign list" to see the names, or "countersign add" to add it.',
  );
  expect(new Refused('LOOK_ONLY').refusal).toEqual(refusal('LOOK_ONLY'));
});
