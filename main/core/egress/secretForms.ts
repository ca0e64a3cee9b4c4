/** The forms in which a secret's value may appear in a text. */
import { toBase64 } from '../ledger/base64.ts';
import { utf8 } from '../ledger/utf8.ts';

/** Shorter values are only masked where they are a whole leaf: as parts of words they would be everywhere. */
export const SHORTEST_PART = 4;
/** Shorter encoded forms are words by chance. */
const SHORTEST_ENCODED = 8;

/** The value itself, as JSON escapes it, as URLs encode it, in hexadecimal, and in base64 wherever in a longer text it was encoded. */
export function secretForms(value: string): string[] {
  const bytes = utf8(value);
  const percent = percentEncoded(bytes);
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  const base64 = [0, 1, 2].map((offset) => base64Within(bytes, offset));
  const encoded = [
    JSON.stringify(value.toWellFormed()).slice(1, -1),
    percent,
    percent.replaceAll('%20', '+'),
    percent.toLowerCase() === percent ? percent : percent.replaceAll(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
    hex,
    hex.toUpperCase(),
    ...base64,
    ...base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_')),
  ];
  return [...new Set([value, ...encoded.filter((form) => form.length >= SHORTEST_ENCODED)])];
}

/** The characters of base64 that only these bytes decide, when `offset` other bytes come before them in their group of three. */
function base64Within(bytes: Uint8Array, offset: number): string {
  const shifted = new Uint8Array(offset + bytes.length);
  shifted.set(bytes, offset);
  return toBase64(shifted).slice(Math.ceil((offset * 4) / 3), Math.floor((shifted.length * 4) / 3));
}

/** RFC 3986 percent encoding of everything that is not unreserved. */
function percentEncoded(bytes: Uint8Array): string {
  return [...bytes]
    .map((byte) => {
      const letter = String.fromCharCode(byte);
      return /[\w.~-]/.test(letter) ? letter : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    })
    .join('');
}
