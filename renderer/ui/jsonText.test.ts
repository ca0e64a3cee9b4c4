import fc from 'fast-check';
import { expect, test } from 'vitest';
import { layOut, readable } from './jsonText.ts';

test('a string is read as its characters', () => {
  expect(readable('"a\\nb\\u202e"')).toEqual({ kind: 'string', text: 'a\nb\u202e' });
});

test('numbers keep the digits they were sent with', () => {
  expect(readable('90071992547409931234').text).toBe('90071992547409931234');
  expect(layOut('{"n":1.10,"m":1e400}')).toBe('{\n  "n": 1.10,\n  "m": 1e400\n}');
});

test('escapes inside structures stay escapes', () => {
  expect(layOut('{"a":"x\\u0000\\"{,}"}')).toBe('{\n  "a": "x\\u0000\\"{,}"\n}');
});

test('empty ones stay on a line', () => {
  expect(layOut('{"a":{},"b":[]}')).toBe('{\n  "a": {},\n  "b": []\n}');
});

test('text that is not JSON comes back whole', () => {
  for (const text of ['{"a', '{"a":"\\']) expect(layOut(text)).toBe(text);
});

test('laying out changes nothing but white space', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const json = JSON.stringify(value);
      expect(JSON.stringify(JSON.parse(layOut(json)))).toBe(json);
    }),
  );
});
