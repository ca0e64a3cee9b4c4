/** Masking a payload before it reaches the disk: on decoded leaves and keys (SECURITY.md rule 17). */
import { decodeUtf8 } from './decodeUtf8.ts';
import { type JsonToken, readJson } from './jsonText.ts';
import { KEYCHAIN_RULE, type Masker, replaced, type Span } from './masker.ts';
import { secretKeyRule } from './secretKeys.ts';

/** Where something was masked: JSON pointer, and code units of the leaf or key as it was. */
export interface MaskedSpan extends Span {
  readonly pointer: string;
}
export interface MaskedPayload {
  /** What may be kept; null when the payload was not searched and may not be. */
  readonly text: string | null;
  readonly masked: readonly MaskedSpan[];
}

/** What bytes that are no UTF-8 are recorded as. */
export const NOT_SEARCHED = 'not-searched';
/** More spans than this are counted as one: a leaf must stay small. */
const MOST_SPANS = 256;

/** Masks JSON on its leaves and keys and other text as one; what is no text is not kept, and said to be not searched. */
export function maskPayload(bytes: Uint8Array, masker: Masker): MaskedPayload {
  const text = decodeUtf8(bytes);
  if (text === null) return { text, masked: [{ pointer: '', rule: NOT_SEARCHED, start: 0, length: bytes.length }] };
  // Escapes may hide a word from the first look.
  if (!text.includes('\\u') && !text.includes('\\/') && !masker.suspects(text, bytes)) return { text, masked: [] };
  if (isJson(text)) return maskJson(text, masker);
  const spans = masker.find(text);
  return { text: replaced(text, spans), masked: bounded(spans.map((span) => ({ pointer: '', ...span }))) };
}

function maskJson(text: string, masker: Masker): MaskedPayload {
  const masked: MaskedSpan[] = [];
  const parts: string[] = [];
  let from = 0;
  const rename = (key: string) => masker.mask(key);
  readJson(text, rename, (token) => {
    const { value, spans } = findIn(text.slice(token.start, token.end), token, masker);
    if (spans.length === 0) return;
    const pointer = token.pointer();
    for (const { start, length, rule } of spans) masked.push({ pointer, rule, start, length });
    parts.push(text.slice(from, token.start), JSON.stringify(replaced(value, spans)));
    from = token.end;
  });
  parts.push(text.slice(from));
  return { text: parts.join(''), masked: bounded(masked) };
}

function findIn(source: string, token: JsonToken, masker: Masker): { value: string; spans: Span[] } {
  const value = token.kind === 'key' || token.kind === 'string' ? (JSON.parse(source) as string) : source;
  if (token.kind === 'other') return { value, spans: [] };
  const rule = token.key === null ? null : secretKeyRule(token.key, value);
  if (rule !== null) return { value, spans: [{ start: 0, length: value.length, rule }] };
  const spans = masker.find(value);
  // Of a number only a known value is a secret: the rules would see tokens in measurements.
  return { value, spans: token.kind === 'number' ? spans.filter((span) => span.rule === KEYCHAIN_RULE) : spans };
}

function bounded(masked: MaskedSpan[]): MaskedSpan[] {
  if (masked.length <= MOST_SPANS) return masked;
  const rest = masked.slice(MOST_SPANS - 1);
  const length = rest.reduce((sum, span) => sum + span.length, 0);
  return [...masked.slice(0, MOST_SPANS - 1), { pointer: '', rule: `${rest.length}-more`, start: 0, length }];
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
