import { expect, test } from 'vitest';
import { ERRORS } from './errorCodes.ts';

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
