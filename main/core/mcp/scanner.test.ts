import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Scanner } from './scanner.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

function skips(source: Uint8Array): boolean {
  const scanner = new Scanner(source);
  scanner.peek();
  return scanner.value(0) && scanner.peek() === -1;
}

it('skips exactly what JSON.parse takes', () => {
  const part = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"',
    '\\',
    '"a"',
    '1',
    '0',
    '-',
    '.',
    'e',
    '+',
    'true',
    'null',
    ' ',
    '\n',
    '\\u00e9',
    '\u0001',
    'é',
    '😀',
  );
  const source = fc.oneof(
    fc.json({ stringUnit: 'binary' }),
    fc.array(part, { maxLength: 12 }).map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(source, (text) => {
      let valid = true;
      try {
        JSON.parse(text);
      } catch {
        valid = false;
      }
      expect(skips(bytes(text))).toBe(valid);
    }),
    { numRuns: 5000 },
  );
});

it('finds what ends a string at every distance from its start', () => {
  for (let before = 0; before < 12; before++) {
    const run = 'x'.repeat(before);
    for (const [stop, valid] of [
      ['', true],
      ['\\n', true],
      ['\\"', true],
      ['é', true],
      ['漢', true],
      ['😀', true],
      ['\u007f', true],
      ['\u0000', false],
      ['\u001f', false],
      ['\\q', false],
    ] as const) {
      for (let after = 0; after < 6; after++) expect(skips(bytes(`"${run}${stop}${'y'.repeat(after)}"`))).toBe(valid);
    }
    expect(skips(bytes(`"${run}`))).toBe(false);
    expect(skips(bytes(`"${run}\\`))).toBe(false);
    expect(skips(bytes(`"${run}\\u12`))).toBe(false);
  }
});

it('never looks behind its end', () => {
  const source = bytes('"abcdefg" true 123');
  for (const [start, end] of [
    [0, 8],
    [10, 13],
    [2, 2],
  ] as const)
    expect(new Scanner(source, start, end).value(0)).toBe(false);
  const number = new Scanner(source, 15, 17);
  expect(number.value(0)).toBe(true);
  expect(number.at).toBe(17);
});
