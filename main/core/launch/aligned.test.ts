import fc from 'fast-check';
import { expect, test } from 'vitest';
import { alignedChanges } from './aligned.ts';

const changes = (before: string, after: string) =>
  alignedChanges([...before], [...after]).map(
    (pair) => `${before[pair.before ?? -1] ?? ''}→${after[pair.after ?? -1] ?? ''}`,
  );

test.each<[string, string, string[]]>([
  ['abc', 'abc', []],
  ['abc', 'abxyc', ['→x', '→y']],
  ['abxc', 'abc', ['x→']],
  ['abc', 'axc', ['b→x']],
  ['abcd', 'axbcy', ['→x', 'd→y']],
  ['ab', 'xyz', ['a→', 'b→', '→x', '→y', '→z']],
  ['ab', 'ba', ['a→', '→a']],
  ['', 'a', ['→a']],
])('%s to %s', (before, after, expected) => expect(changes(before, after)).toEqual(expected));

test('what was replaced stands beside what is like it, whatever came between', () => {
  const after = ['-v', '/home/me:/work', 'mcp/server:1.4.2'];
  expect(alignedChanges(['mcp/server:1.4.1'], after)).toEqual([
    { before: null, after: 0 },
    { before: null, after: 1 },
    { before: 0, after: 2 },
  ]);
});

test('what is left without the changes is the same on both sides', () => {
  const list = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 12 });
  fc.assert(
    fc.property(list, list, (before, after) => {
      const pairs = alignedChanges(before, after);
      const left = before.filter((_, index) => !pairs.some((pair) => pair.before === index));
      const right = after.filter((_, index) => !pairs.some((pair) => pair.after === index));
      expect(left).toEqual(right);
    }),
  );
});
