import { expect, it } from 'vitest';
import { pointerLeaves } from './leaves.ts';
import { readStrict } from './strict.ts';

it('every leaf is under its JSON pointer, in order, with empty containers', () => {
  const bytes = new TextEncoder().encode('{"a/b":[1,{"~":"x"}],"":null,"empty":{},"list":[]}');
  const read = readStrict(bytes);
  if (!read.ok) throw new Error(read.detail);
  expect(
    pointerLeaves(read.node).map(({ pointer, node }) => [
      pointer,
      new TextDecoder().decode(bytes.subarray(node.start, node.end)),
    ]),
  ).toEqual([
    ['/a~1b/0', '1'],
    ['/a~1b/1/~0', '"x"'],
    ['/', 'null'],
    ['/empty', '{}'],
    ['/list', '[]'],
  ]);
});

it('a scalar is its own leaf', () => {
  const read = readStrict(new TextEncoder().encode('7'));
  if (!read.ok) throw new Error(read.detail);
  expect(pointerLeaves(read.node)).toMatchObject([{ pointer: '', node: { text: '7' } }]);
});
