/** What a helper command prints: a line, or JSON as credential helpers of clouds do (PRODUCT.md K4). */

export type HelperOutput =
  | { readonly ok: true; readonly value: string; readonly expiresAt: string | null }
  | { readonly ok: false; readonly why: string };

const LONGEST = 65_536;

/**
 * Either one line, which is the value, or an object `{"value": …, "expiresAt": …}`, the time as RFC 3339 or seconds since
 * 1970. Never says what was printed.
 */
export function readHelperOutput(text: string): HelperOutput {
  const trimmed = text.trim();
  if (trimmed === '') return bad('it printed nothing');
  if (!trimmed.startsWith('{')) {
    if (/[\r\n]/.test(trimmed)) return bad('it printed several lines; one is the value, more have to be JSON');
    return value(trimmed, null);
  }
  const read = parsed(trimmed);
  if (read === undefined) return bad('what it printed begins like JSON and is none');
  const { value: given, expiresAt } = read;
  if (typeof given !== 'string' || given === '') return bad('its JSON has no text "value"');
  if (expiresAt === undefined || expiresAt === null) return value(given, null);
  const at = typeof expiresAt === 'number' ? expiresAt * 1000 : Date.parse(String(expiresAt));
  if (!Number.isFinite(at) || Math.abs(at) > 8.64e15) return bad('its "expiresAt" is no time');
  return value(given, new Date(at).toISOString());
}

function value(text: string, expiresAt: string | null): HelperOutput {
  if (text.length > LONGEST || text.includes('\0')) return bad('its value is too long, or holds a null character');
  return { ok: true, value: text, expiresAt };
}

function parsed(text: string): { value?: unknown; expiresAt?: unknown } | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function bad(why: string): HelperOutput {
  return { ok: false, why };
}
