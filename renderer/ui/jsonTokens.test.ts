import { expect, test } from 'vitest';
import { jsonTokens } from './jsonTokens.ts';

test('signs, strings and literals as they were written', () => {
  const json = String.raw`{ "a\"b\\" : [1.50, -0, true ,null], "é":"\u0041" }`;
  expect([...jsonTokens(json)]).toEqual(
    ['{', String.raw`"a\"b\\"`, ':', '[', '1.50', ',', '-0', ',', 'true', ',', 'null', ']', ',', '"é"', ':'].concat(
      String.raw`"\u0041"`,
      '}',
    ),
  );
});

test('what is no JSON ends too', () => {
  expect([...jsonTokens('{"a')]).toEqual(['{', '"a']);
});

test('a string of many megabytes is one token', () => {
  expect([...jsonTokens(JSON.stringify({ a: 'x'.repeat(20_000_000) }))]).toHaveLength(5);
});
