import { expect, test } from 'vitest';
import { changedLines, firstLines, isDiffCut, lineDiff } from './lineDiff.ts';

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

test('two texts without anything in common are not waited for', () => {
  const text = (seed: number) => Array.from({ length: 20_000 }, (_, at) => `${seed} ${at}`).join('\n');
  const started = performance.now();
  expect(changedLines(lineDiff(text(1), text(2)))).toEqual({ added: 20_000, removed: 20_000 });
  expect(performance.now() - started).toBeLessThan(3000);
});

test('of a long difference beginning and end are in sight, and the rest is counted', () => {
  const lines = lineDiff('', Array.from({ length: 500 }, (_, at) => `line ${at}`).join('\n'));
  const { head, tail, hidden } = firstLines(lines);
  expect(head.length + hidden + tail.length).toBe(500);
  expect(isDiffCut(lines)).toBe(true);
  expect(isDiffCut(lineDiff('a', 'b'))).toBe(false);
  expect(isDiffCut(lineDiff('', 'x'.repeat(5000)))).toBe(true);
});

test('line ends of Windows are no news while they stay, and are when they go', () => {
  expect(lineDiff('a\r\nb\r\n', 'a\r\nc\r\n').map(({ text }) => text)).toEqual(['a', 'b', 'c']);
  expect(changedLines(lineDiff('a\r\nb\r\n', 'a\nb\n'))).toEqual({ added: 2, removed: 2 });
});

test('a line feed that goes at the end is said', () => {
  expect(lineDiff('a\n', 'a')).toMatchObject([{ kind: 'skipped', text: 'Only the line feed at the end differs.' }]);
  expect(lineDiff('a\n', 'a\n')).toEqual([]);
});
