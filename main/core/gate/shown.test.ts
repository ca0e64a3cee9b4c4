import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shown, utf8Length, visible } from './shown.ts';

test('ordinary text of any script stays as it is', () => {
  expect(visible('Grüße, 你好, مرحبا, 👍')).toBe('Grüße, 你好, مرحبا, 👍');
});

test('what cannot be seen is spelt out', () => {
  expect(visible('a\u00a0b\u3164c\u2028')).toBe('a\\u{a0}b\\u{3164}c\\u{2028}');
});

test('a shown value is short and cuts no character open', () => {
  const text = shown('👍'.repeat(500));
  expect(text.length).toBeLessThan(200);
  expect(text.isWellFormed()).toBe(true);
});

test('a flood is its character and a number, and blanks at the ends are seen', () => {
  expect(shown(`ls${' '.repeat(10_000)}; rm`)).toBe('ls (×10000); rm');
  expect(shown(`ls${'\n'.repeat(500)}rm`)).toBe('ls\\u{a}(×500)rm');
  expect(shown(`z${'\u{e0041}'.repeat(9)}`)).toBe('z\\u{e0041}(×9)');
  expect(shown(' a b ')).toBe('\\u{20}a b\\u{20}');
  expect(shown('a       b')).toBe('a       b');
});

test('length in bytes is that of the encoded text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(utf8Length(text)).toBe(new TextEncoder().encode(text).length);
    }),
  );
});
