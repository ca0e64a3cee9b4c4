/** Strings with escapes as `$'…'` has them (POSIX.1-2024, 2.2.4). */

const ESCAPE = /\\(?:x([0-9a-f]{1,2})|u([0-9a-f]{1,4})|U([0-9a-f]{1,8})|([0-7]{1,3})|c(.)|(.))/gis;
const NAMED: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  e: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/** The string that begins at `from`, behind its opening quote, and the place of its closing one. */
export function readCString(text: string, from: number): { readonly text: string; readonly end: number } {
  let end = from;
  while (end < text.length && text.charAt(end) !== "'") end += text.charAt(end) === '\\' ? 2 : 1;
  end = Math.min(end, text.length);
  return { text: text.slice(from, end).replace(ESCAPE, unescaped), end };
}

function unescaped(_: string, ...[hex, short, long, octal, control, other]: (string | undefined)[]): string {
  const code = hex ?? short ?? long;
  if (code !== undefined)
    return Number.parseInt(code, 16) > 0x10ffff ? '\ufffd' : String.fromCodePoint(Number.parseInt(code, 16));
  if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8) & 0xff);
  if (control !== undefined) return String.fromCharCode(control.charCodeAt(0) & 0x1f);
  return NAMED[other ?? ''] ?? other ?? '';
}
