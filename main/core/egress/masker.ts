/** Masking of secrets in texts (PRODUCT.md L3): known values in all their forms, and what the rule table recognises. */
import { KeywordScanner, unitsOf } from './keywordScanner.ts';
import { SHORTEST_PART, secretForms } from './secretForms.ts';
import { SECRET_KEY_STEMS } from './secretKeys.ts';
import { isSecret, type SecretRule, spanAt } from './secretRule.ts';

/** What was found: code units of the text before masking. */
export interface Span {
  readonly start: number;
  readonly length: number;
  readonly rule: string;
}

/** What a masked value of the keychain is called. */
export const KEYCHAIN_RULE = 'keychain-secret';
/** The beginning of a form is enough to look for; the rest is compared. */
const LONGEST_NEEDLE = 24;
/** How many texts in which there is nothing are remembered, and of what length in code units. */
const MOST_KEPT = 256;
const LONGEST_KEPT = 128;
/** Texts inside of one another that have the form of a secret and are none. */
const MOST_REFUSED = 8;

/** What stands in the place of something masked. */
export function maskText(rule: string): string {
  return `[masked: ${rule}]`;
}

/** A form of a known value, a rule's keyword, or neither: part of a name that makes a member's value secret. */
interface Needle {
  readonly word: string;
  readonly form?: string;
  readonly rule?: SecretRule;
}

export class Masker {
  readonly #needles: Needle[];
  readonly #scanner: KeywordScanner;
  readonly #short: ReadonlySet<string>;
  /** Texts in which nothing was found: names of tools, clients and rules come again with every record. */
  readonly #clean = new Set<string>();

  /** Compiled once for these values and rules: give it new ones when they change. */
  constructor(values: readonly string[], rules: readonly SecretRule[]) {
    const used = values.filter((value) => value !== '');
    this.#short = new Set(used.filter((value) => value.length < SHORTEST_PART));
    const forms = used.filter((value) => value.length >= SHORTEST_PART).flatMap(secretForms);
    this.#needles = [
      ...forms.map((form) => ({ word: form.slice(0, LONGEST_NEEDLE), form })),
      ...rules.flatMap((rule) => rule.keywords.map((word) => ({ word, rule }))),
      ...SECRET_KEY_STEMS.map((word) => ({ word })),
    ];
    this.#scanner = new KeywordScanner(this.#needles.map(({ word }) => word));
  }

  /**
   * Whether JSON text may hold something to mask in a leaf, a key or a member; false is certain as long as
   * nothing in it is escaped but quotes, backslashes and control characters. Takes the text and its UTF-8 bytes.
   */
  suspects(json: string, bytes: Uint8Array): boolean {
    if (this.#short.size > 0) return true;
    let hit = false;
    // Where both are of one length, all of it is ASCII.
    this.#scanner.scan(bytes.length === json.length ? bytes : unitsOf(json), (word, start) => {
      hit = isSuspect(this.#needles[word], json, start);
      return hit;
    });
    return hit;
  }

  /** Everything to mask in a text, in order, without overlaps. */
  find(text: string): Span[] {
    if (this.#short.has(text)) return [{ start: 0, length: text.length, rule: KEYCHAIN_RULE }];
    const spans: Found[] = [];
    const until = new Map<Needle, number>();
    const refused = new Map<Needle, { readonly end: number; readonly times: number }>();
    this.#scanner.scan(unitsOf(text), (word, start) => {
      const needle = this.#needles[word];
      // Inside of what a word already led to it leads to nothing more: otherwise time would grow faster than the text.
      if (needle === undefined || start < (until.get(needle) ?? 0)) return false;
      const span = spanOf(needle, text, start);
      if (span === null) return false;
      const [from, end] = span;
      if (needle.rule !== undefined && !isSecret(needle.rule, text.slice(from, end))) {
        const before = refused.get(needle);
        const inside = before !== undefined && start < before.end ? before : { end, times: 0 };
        refused.set(needle, { end: inside.end, times: inside.times + 1 });
        // What looks like one secret inside of another over and over is masked, as that looks like no text.
        if (inside.times < MOST_REFUSED) return false;
      }
      spans.push({ start: from, length: end - from, rule: needle.rule?.id ?? KEYCHAIN_RULE, order: word });
      until.set(needle, end);
      return false;
    });
    return united(spans);
  }

  /** The text with everything found replaced. */
  mask(text: string): string {
    if (this.#clean.has(text)) return text;
    const masked = replaced(text, this.find(text));
    if (masked === text && text.length <= LONGEST_KEPT) {
      if (this.#clean.size === MOST_KEPT) this.#clean.clear();
      this.#clean.add(text);
    }
    return masked;
  }
}

/** The text with each span replaced by the name of its rule. */
export function replaced(text: string, spans: readonly Span[]): string {
  let result = '';
  let from = 0;
  for (const { start, length, rule } of spans) {
    result += text.slice(from, start) + maskText(rule);
    from = start + length;
  }
  return result + text.slice(from);
}

/** The rest of a member's name, and that it is one. */
const REST_OF_MEMBER = /(?:[^"\\]|\\.){0,200}"\s{0,20}:/y;

function isSuspect(needle: Needle | undefined, json: string, start: number): boolean {
  if (needle === undefined) return false;
  const { form, rule } = needle;
  if (form === undefined && rule === undefined) {
    REST_OF_MEMBER.lastIndex = start;
    return REST_OF_MEMBER.test(json);
  }
  if (rule?.never !== undefined) {
    rule.never.lastIndex = start;
    if (rule.never.test(json)) return false;
  }
  if (rule?.wholeWord !== true) return true;
  // Such a token looks in JSON as it does in the decoded text, but for an escape before it, such as `\n`.
  return json.charAt(start - 2) === '\\' || spanAt(rule, json, start) !== null;
}

function spanOf({ form, rule }: Needle, text: string, start: number): readonly [number, number] | null {
  if (rule !== undefined) return spanAt(rule, text, start);
  return form !== undefined && text.startsWith(form, start) ? [start, start + form.length] : null;
}

/** A span, and the place of what found it among all that is looked for: known values, tokens, names. */
interface Found extends Span {
  readonly order: number;
}

/** Spans in order, those that overlap made one, with the name of the one that is surest. */
function united(spans: Found[]): Span[] {
  spans.sort((a, b) => a.start - b.start || a.order - b.order);
  const result: Found[] = [];
  for (const span of spans) {
    const last = result.at(-1);
    if (last === undefined || span.start >= last.start + last.length) result.push(span);
    else {
      const end = Math.max(last.start + last.length, span.start + span.length);
      const { rule, order } = span.order < last.order ? span : last;
      result[result.length - 1] = { start: last.start, length: end - last.start, rule, order };
    }
  }
  return result.map(({ start, length, rule }) => ({ start, length, rule }));
}
