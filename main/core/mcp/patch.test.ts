import { expect, test } from 'vitest';
import { patch } from './patch.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const text = (line: Uint8Array) => new TextDecoder().decode(line);

test('only the places named become other bytes, longer or shorter, in any order', () => {
  const line = bytes('{"a":"é", "b":[1.0]}');
  const places = [
    { start: 15, end: 20, bytes: bytes('""') },
    { start: 5, end: 9, bytes: bytes('"longer"') },
  ];
  expect(text(patch(line, places))).toBe('{"a":"longer", "b":""}');
});

test('nothing to replace is the same array', () => {
  const line = bytes('{}');
  expect(patch(line, [])).toBe(line);
});
