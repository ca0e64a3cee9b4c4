import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readJson } from './jsonText.ts';

function tokensOf(text: string): string[] {
  const found: string[] = [];
  readJson(
    text,
    (key) => key,
    ({ start, end, pointer }) => found.push(`${pointer()} ${text.slice(start, end)}`),
  );
  return found;
}

test('keys and leaves come in their order, each with its place', () => {
  expect(tokensOf(String.raw`{"a":["x\"y\\",1.5,null],"b~/c":{"":""}}`)).toEqual([
    '/a "a"',
    String.raw`/a/0 "x\"y\\"`,
    '/a/1 1.5',
    '/a/2 null',
    '/b~0~1c "b~/c"',
    '/b~0~1c/ ""',
    '/b~0~1c/ ""',
  ]);
});

test('a string ends where JSON.parse ends it, whatever is in it', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: fc.constantFrom('\\', '"', 'x', '\n') })), (strings) => {
      const read = tokensOf(JSON.stringify(strings)).map((token) => JSON.parse(token.slice(token.indexOf(' ') + 1)));
      expect(read).toEqual(strings);
    }),
  );
});

test('a string of many megabytes is read like a short one', () => {
  expect(tokensOf(JSON.stringify(['x'.repeat(20_000_000), '\\"'.repeat(2_000_000)]))).toHaveLength(2);
});
