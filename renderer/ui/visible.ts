/** Making every character of a text visible: what hides, reorders or imitates is named (SECURITY.md prompt rule 5). */

/** Why a character cannot be shown as it is. */
export type HiddenKind =
  | 'control'
  | 'bidi'
  | 'zero-width'
  | 'tag'
  | 'variation'
  | 'space'
  | 'private'
  | 'lookalike'
  /** Many of one kind in a row, which would push the rest out of sight or draw over it. */
  | 'run';

/** A stretch of plain text, or a marked character, or run of them, with its code point as `U+202E`, or number as `×40`, and its name. */
export type Segment =
  | { readonly kind: 'plain'; readonly text: string }
  | { readonly kind: 'newline'; readonly text: string }
  | { readonly kind: HiddenKind; readonly text: string; readonly code: string; readonly name: string };

const NAMES = new Map<number, string>([
  [0x00, 'null'],
  [0x07, 'bell'],
  [0x08, 'backspace'],
  [0x09, 'tab'],
  [0x0b, 'vertical tab'],
  [0x0c, 'form feed'],
  [0x0d, 'carriage return'],
  [0x1b, 'escape'],
  [0x7f, 'delete'],
  [0x85, 'next line'],
  [0xa0, 'no-break space'],
  [0xad, 'soft hyphen'],
  [0x34f, 'grapheme joiner'],
  [0x61c, 'arabic letter mark'],
  [0x180e, 'mongolian vowel separator'],
  [0x200b, 'zero-width space'],
  [0x200c, 'zero-width non-joiner'],
  [0x200d, 'zero-width joiner'],
  [0x200e, 'left-to-right mark'],
  [0x200f, 'right-to-left mark'],
  [0x2028, 'line separator'],
  [0x2029, 'paragraph separator'],
  [0x202a, 'left-to-right embedding'],
  [0x202b, 'right-to-left embedding'],
  [0x202c, 'pop direction'],
  [0x202d, 'left-to-right override'],
  [0x202e, 'right-to-left override'],
  [0x202f, 'narrow no-break space'],
  [0x2060, 'word joiner'],
  [0x2066, 'left-to-right isolate'],
  [0x2067, 'right-to-left isolate'],
  [0x2068, 'first strong isolate'],
  [0x2069, 'pop isolate'],
  [0x3000, 'ideographic space'],
  [0x3164, 'hangul filler'],
  [0xfeff, 'byte order mark'],
  [0xfffd, 'replacement character'],
]);

const BIDI = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;
/** Unicode's own list of what is not drawn. */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/u;
const SPACE = /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u2800\u3000]/u;
const CONTROL = /[\p{Cc}\u2028\u2029\ufff9-\ufffd]/u;

/** Letters of other scripts that a person reads as the Latin letter beside them (from Unicode's confusables, the common ones). */
const LOOKALIKES: Readonly<Record<string, string>> = Object.fromEntries(
  [
    'аa еe оo рp сc уy хx ѕs іi јj һh ԁd ԛq ԝw ӏl АA ВB ЕE КK МM НH ОO РP СC ТT УY ХX ЅS ІI ЈJ ԌG',
    'αa οo ρp νv υu ιi κk τt χx γy ΑA ΒB ΕE ΖZ ΗH ΙI ΚK ΜM ΝN ΟO ΡP ΤT ΥY ΧX ϲc ϳj',
    "օo ոn սu հh ցg ԼL ՕO ՏS ⅼl ⅰi ⅴv ⅹx ⅽc ⅾd ⅿm ıi ɡg ɑa ƽs ꓲI ∕/ ⁄/ ⧸/ ‐- ‑- −- ․. 。. ꞉: ‚, ＇'",
  ]
    .join(' ')
    .split(' ')
    .map((pair) => [...pair] as [string, string]),
);

/** Full-width forms and mathematical letters imitate all of ASCII. */
function imitated(character: string): string | undefined {
  const known = LOOKALIKES[character];
  if (known !== undefined) return known;
  const code = character.codePointAt(0) ?? 0;
  const styled = (code >= 0xff01 && code <= 0xff5e) || (code >= 0x1d400 && code <= 0x1d7ff);
  return styled ? character.normalize('NFKC') : undefined;
}

const codeOf = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;

function hiddenKind(character: string): HiddenKind | undefined {
  const code = character.codePointAt(0) ?? 0;
  if (BIDI.test(character)) return 'bidi';
  if (code >= 0xe0000 && code <= 0xe007f) return 'tag';
  if ((code >= 0xfe00 && code <= 0xfe0f) || (code >= 0xe0100 && code <= 0xe01ef)) return 'variation';
  if (INVISIBLE.test(character)) return 'zero-width';
  if (SPACE.test(character)) return 'space';
  if (CONTROL.test(character)) return 'control';
  if (/[\p{Co}\p{Cs}\p{Cn}]/u.test(character)) return 'private';
  return undefined;
}

function nameOf(kind: HiddenKind, character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const known = NAMES.get(code);
  if (known !== undefined) return known;
  if (kind === 'tag') return code > 0xe0020 && code < 0xe007f ? `tag “${String.fromCharCode(code - 0xe0000)}”` : 'tag';
  if (kind === 'variation') return 'variation selector';
  if (kind === 'space') return 'unusual space';
  if (kind === 'private') return /\p{Cs}/u.test(character) ? 'lone surrogate' : 'unassigned or private';
  return kind === 'zero-width' ? 'invisible' : 'control';
}

/**
 * Positions of letters that imitate Latin ones. A word that mixes them with ASCII letters is suspicious by itself;
 * a word made only of them is, unless the text has other letters of a foreign script and so is plainly written in it.
 */
function lookalikesIn(text: string): ReadonlySet<number> {
  const found = new Set<number>();
  const foreignText = [...text].some(
    (c) => /\p{L}/u.test(c) && !/\p{Script=Latin}/u.test(c) && imitated(c) === undefined,
  );
  for (const match of text.matchAll(/[\p{L}\p{M}\p{N}\p{Pd}∕⁄⧸․。꞉＇‚−!-~\uff01-\uff5e]+/gu)) {
    const characters = [...match[0]];
    const imitators = characters.filter((c) => imitated(c) !== undefined);
    if (imitators.length === 0) continue;
    const latin = characters.some((c) => /[A-Za-z]/.test(c));
    const letters = characters.filter((c) => /\p{L}/u.test(c));
    const disguised = letters.length > 0 && letters.every((c) => imitated(c) !== undefined || /[A-Za-z]/.test(c));
    if (!(latin || (disguised && !foreignText))) continue;
    let at = match.index;
    for (const character of characters) {
      if (imitated(character) !== undefined) found.add(at);
      at += character.length;
    }
  }
  return found;
}

/** Blanks, line feeds, tags, one hidden character over and over, and marks stacked on a letter. */
export const RUNS =
  / {41,}|\n{4,}|[\u{e0000}-\u{e007f}]{5,}|((?![\n\t])[\p{Default_Ignorable_Code_Point}\p{Cc}])\1{4,}|\p{M}{5,}/gu;
/** Blanks at the ends of a text. */
const ENDS = /^ +|(?<! ) +$/g;
/** Of a sentence spelt in tags so much is read out. */
const SPELT = 60;

function runOf(text: string): { code: string; name: string } {
  const first = text.codePointAt(0) ?? 0;
  const count = [...text].length.toLocaleString();
  if (first === 0x20) return { code: `×${count}`, name: text.length === 1 ? 'space' : 'spaces' };
  if (first === 0x0a) return { code: `×${count}`, name: 'line feeds' };
  if (first >= 0xe0000 && first <= 0xe007f) {
    const spelt = [...text].map((tag) => String.fromCharCode(((tag.codePointAt(0) ?? 0) - 0xe0000) & 0x7f)).join('');
    const readable = spelt.replace(/[^ -~]/g, '').slice(0, SPELT);
    return { code: `×${count}`, name: `tags that spell “${readable}${spelt.length > SPELT ? '…' : ''}”` };
  }
  if (/\p{M}/u.test(text)) return { code: `×${count}`, name: 'marks on one letter' };
  const kind = hiddenKind(String.fromCodePoint(first)) ?? 'control';
  return { code: `×${count}`, name: nameOf(kind, String.fromCodePoint(first)) };
}

/** Splits `text` so that joining every segment's `text` gives it back; line feeds are segments of their own, and with `ends` so are blanks at the ends. Never throws. */
export function segments(text: string, ends = false): Segment[] {
  const lookalikes = /^[\x20-\x7e\n]*$/.test(text) ? undefined : lookalikesIn(text);
  const found = [...text.matchAll(RUNS), ...(ends ? text.matchAll(ENDS) : [])];
  const runs = new Map(found.map((match) => [match.index, match[0]]));
  if (lookalikes === undefined && runs.size === 0 && !text.includes('\n'))
    return text === '' ? [] : [{ kind: 'plain', text }];
  const result: Segment[] = [];
  let plain = '';
  const flush = (): void => {
    if (plain !== '') result.push({ kind: 'plain', text: plain });
    plain = '';
  };
  let at = 0;
  let past = 0;
  for (const character of text) {
    const run = runs.get(at);
    if (run !== undefined) {
      flush();
      result.push({ kind: 'run', text: run, ...runOf(run) });
      past = at + run.length;
    }
    if (at < past) {
      at += character.length;
      continue;
    }
    const kind = character === '\n' ? 'newline' : lookalikes?.has(at) ? 'lookalike' : hiddenKind(character);
    at += character.length;
    if (kind === undefined) {
      plain += character;
      continue;
    }
    flush();
    if (kind === 'newline') result.push({ kind, text: character });
    else {
      const name = kind === 'lookalike' ? `looks like “${imitated(character)}”` : nameOf(kind, character);
      result.push({ kind, text: character, code: codeOf(character), name });
    }
  }
  flush();
  return result;
}

/** How many characters of `text` are marked; tabs and line feeds are ordinary in text and not counted. */
export function hiddenCount(text: string): number {
  return segments(text).filter((s) => s.kind !== 'plain' && s.kind !== 'newline' && s.text !== '\t').length;
}

/** The same where only a string can stand, as in the names of fields and choices: on one line, each mark as `⟨U+202E⟩`. */
export function visibleString(text: string): string {
  const written = segments(text).map((segment) => {
    if (segment.kind === 'plain') return segment.text;
    if (segment.kind === 'newline') return ' ';
    return segment.kind === 'lookalike' ? `${segment.text}⟨${segment.code}⟩` : `⟨${segment.code}⟩`;
  });
  return written.join('');
}
