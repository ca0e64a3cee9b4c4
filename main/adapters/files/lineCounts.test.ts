import { expect, test } from 'vitest';
import { countLines } from './lineCounts.ts';

test('lines that come and go are counted', () => {
  expect(countLines('a\nb\nc\n', 'a\nx\ny\nc\n')).toEqual({ added: 2, removed: 1 });
  expect(countLines('', 'a\n')).toEqual({ added: 1, removed: 0 });
});

test('two long texts without a common line are given up, not waited for', () => {
  const lines = (seed: number) => Array.from({ length: 20_000 }, (_, at) => `${seed}-${at}\n`).join('');
  const started = performance.now();
  expect(countLines(lines(1), lines(2))).toBeNull();
  expect(performance.now() - started).toBeLessThan(1000);
});
