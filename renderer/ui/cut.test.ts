import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cutText, HEAD, isCut, LINES, TAIL } from './cut.ts';

test('what fits is whole', () => {
  expect(cutText('short')).toEqual({ head: 'short', hidden: 0, tail: '' });
  expect(isCut('a'.repeat(HEAD + TAIL))).toBe(false);
});

test('a long value keeps its beginning and its end, and counts the rest', () => {
  const text = `${'a'.repeat(5000)}rm -rf /`;
  const cut = cutText(text);
  expect(cut.head).toHaveLength(HEAD);
  expect(cut.tail.endsWith('rm -rf /')).toBe(true);
  expect(cut.head.length + cut.hidden + cut.tail.length).toBe(text.length);
});

test('many short lines are cut as well', () => {
  const text = Array.from({ length: LINES + 20 }, (_, i) => `line ${i}`).join('\n');
  const cut = cutText(text);
  expect(cut.hidden).toBeGreaterThan(0);
  expect(cut.tail).toContain(`line ${LINES + 19}`);
});

test('a flood of one character is no reason to cut: it is drawn as one mark', () => {
  expect(isCut(`ls${' '.repeat(10_000)}; rm -rf /`)).toBe(false);
  expect(isCut(`ls${'\n'.repeat(500)}rm -rf /`)).toBe(false);
  expect(isCut(`${' '.repeat(10_000)}${'x'.repeat(5000)}`)).toBe(true);
});

test('no pair of surrogates is split, and no character is lost', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 400, max: 900 }), (shift, count) => {
      const text = 'x'.repeat(shift) + '😀'.repeat(count);
      const cut = cutText(text);
      expect(cut.head.isWellFormed() && cut.tail.isWellFormed()).toBe(true);
      expect(cut.head + text.slice(cut.head.length, text.length - cut.tail.length) + cut.tail).toBe(text);
    }),
  );
});
