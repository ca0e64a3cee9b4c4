import { expect, test } from 'vitest';
import { jsonNodes } from './jsonNodes.ts';

test('every value stands where it was, as it was written', () => {
  const tree = jsonNodes('{"b": [1.10, 90071992547409931234, "x\\u202e"], "1": {}, "a/b": null}');
  expect(tree).toMatchObject({ kind: 'object', size: 6 });
  expect(tree?.children.map(({ name, pointer }) => [name, pointer])).toEqual([
    ['b', '/b'],
    ['1', '/1'],
    ['a/b', '/a~1b'],
  ]);
  expect(tree?.children[0]?.children.map(({ kind, text }) => [kind, text])).toEqual([
    ['literal', '1.10'],
    ['literal', '90071992547409931234'],
    ['string', 'x\u202e'],
  ]);
});

test('depth costs nothing, and keys of every name are keys', () => {
  expect(jsonNodes(`${'['.repeat(50_000)}${']'.repeat(50_000)}`)).toMatchObject({ kind: 'array', size: 49_999 });
  expect(jsonNodes('{"__proto__":1,"":2}')?.children.map(({ name }) => name)).toEqual(['__proto__', '']);
});

test('a single value is a tree of its own; what is no JSON is none', () => {
  expect(jsonNodes('"a"')).toMatchObject({ kind: 'string', text: 'a', size: 0 });
  for (const text of ['', '{', ']', '{"a"']) expect(jsonNodes(text)).toBeNull();
});
