import { expect, test } from 'vitest';
import { visible, visibleLines } from './visible.ts';

test('plain text in any language stays as it is', () => {
  for (const text of ['npx -y thing', 'Größe 5 × 3', 'файл', '日本語', 'emoji 👍', ''])
    expect(visible(text)).toBe(text);
});

test.each([
  ['a\u202Eb', 'a⟨U+202E⟩b'], // right-to-left override
  ['a\u200Bb', 'a⟨U+200B⟩b'], // zero width space
  ['a\u{E0041}b', 'a⟨U+E0041⟩b'], // tag
  ['a\x1b[31mb', 'a⟨U+001B⟩[31mb'], // terminal escape
  ['a\u00A0b', 'a⟨U+00A0⟩b'], // no-break space
  ['a\u2028b', 'a⟨U+2028⟩b'],
  ['a\u3164b', 'a⟨U+3164⟩b'], // Hangul filler
  ['a\nb\r\tc', 'a\\nb\\r\\tc'],
])('%j is written so that nothing hides', (text, shown) => {
  expect(visible(text)).toBe(shown);
});

test('a letter that only looks Latin is marked among Latin letters', () => {
  expect(visible('p\u0430ypal')).toBe('pа⟨U+0430⟩ypal');
});

test('lines stay lines where they are shown as such', () => {
  expect(visibleLines('a\r\nb\u200B')).toEqual(['a', 'b⟨U+200B⟩']);
});
