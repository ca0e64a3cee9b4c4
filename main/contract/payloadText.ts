/** `\n`, `\u00e9` and the like (RFC 8259, section 7). */
const ESCAPE = /\\(?:u([0-9a-fA-F]{4})|.)/g;

/**
 * The text that words of a payload are looked for in, on a device and at a collector alike: its JSON with what is escaped
 * as what it stands for, signs and breaks of lines as spaces.
 */
export function payloadText(json: string): string {
  if (!json.includes('\\')) return json;
  return json.replace(ESCAPE, (_, code?: string) =>
    code === undefined ? ' ' : String.fromCharCode(Number.parseInt(code, 16)),
  );
}
