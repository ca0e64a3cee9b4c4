import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decodeUtf8, encodeUtf8 } from './utf8.ts';

it('brings every well-formed text back, from any place', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
      fc.pre(text.isWellFormed());
      const bytes = encodeUtf8(`<${text}>`);
      expect(decodeUtf8(bytes)).toBe(`<${text}>`);
      expect(decodeUtf8(bytes, 1, bytes.length - 1)).toBe(text);
    }),
  );
});

it('keeps a byte order mark', () => {
  expect(decodeUtf8(encodeUtf8('\ufeffa text longer than a few bytes'))).toBe('\ufeffa text longer than a few bytes');
});
