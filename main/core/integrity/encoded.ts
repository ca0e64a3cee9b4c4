/** Text that is readable only once it was decoded: models do, people do not. */

/** The first run of base64 (RFC 4648, section 4 and 5) or hexadecimal digits that hides readable text; null when there is none. */
export function encodedText(text: string): { start: number; length: number } | null {
  for (const { 0: run, index } of text.matchAll(/[A-Za-z0-9+/_-]{24,}/g)) {
    const bytes = /^[0-9a-fA-F]+$/.test(run) ? fromHex(run) : fromBase64(run);
    if (readable(bytes)) return { start: index, length: run.length };
  }
  return null;
}

/** Bytes looked at: the beginning of what is hidden tells enough. */
const LOOKED_AT = 256;

function readable(bytes: readonly number[]): boolean {
  const words = bytes.filter((byte) => byte === 0x20 || byte === 0x0a).length;
  return bytes.length >= 16 && words > 0 && bytes.every((byte) => byte === 0x0a || (byte >= 0x20 && byte < 0x7f));
}

function fromHex(run: string): number[] {
  return (run.slice(0, LOOKED_AT * 2).match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16));
}

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function fromBase64(run: string): number[] {
  const digits = [...run.slice(0, LOOKED_AT)].map((digit) =>
    DIGITS.indexOf(digit === '-' ? '+' : digit === '_' ? '/' : digit),
  );
  const bytes: number[] = [];
  for (let at = 0; at + 1 < digits.length; at++) {
    const [high = 0, low = 0] = [digits[at], digits[at + 1]];
    if (at % 4 !== 3) bytes.push(((high << (2 * ((at % 4) + 1))) | (low >> (4 - 2 * (at % 4)))) & 0xff);
  }
  return bytes;
}
