import { expect, test } from 'vitest';
import { changedLines, lineDiff } from './lineDiff.ts';

test('shows what went and what came, with their numbers', () => {
  expect(lineDiff('a\nb\nc', 'a\nx\nc')).toEqual([
    { kind: 'same', text: 'a', before: 1, after: 1 },
    { kind: 'removed', text: 'b', before: 2, after: null },
    { kind: 'added', text: 'x', before: null, after: 2 },
    { kind: 'same', text: 'c', before: 3, after: 3 },
  ]);
});

test('counts long unchanged stretches instead of showing them', () => {
  const lines = Array.from({ length: 40 }, (_, i) => `line ${i}`);
  const diff = lineDiff(lines.join('\n'), [...lines, 'new'].join('\n'));
  expect(diff[0]).toMatchObject({ kind: 'skipped', text: '37 unchanged lines' });
  expect(changedLines(diff)).toEqual({ added: 1, removed: 0 });
});

test('a text that was not there is all new', () => {
  expect(changedLines(lineDiff('', 'a\nb\n'))).toEqual({ added: 2, removed: 0 });
});
