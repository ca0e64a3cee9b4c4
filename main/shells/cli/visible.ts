/**
 * Text from elsewhere, made safe to print: what a terminal would hide, reorder or obey is written as `⟨U+202E⟩`
 * (SECURITY.md prompt rule 5). Line breaks and tabs inside a value are escaped too, so that one value stays one line.
 */
const HIDDEN =
  /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}\p{Cn}\p{Variation_Selector}\u{115F}\u{1160}\u{3164}\u{FFA0}\u{2800}]|(?! )\p{Zs}/gu;
const WORD = /[\p{L}\p{N}_-]+/gu;
const LATIN = /\p{Script=Latin}/u;
/** Letters of scripts that have twins of Latin letters, and compatibility forms of Latin letters themselves. */
const LOOK_ALIKE =
  /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}\u{FF01}-\u{FF5E}\u{1D400}-\u{1D7FF}]/gu;

const mark = (character: string) => `⟨U+${character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')}⟩`;
const escapes: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** One line in which nothing is hidden. */
export function visible(text: string): string {
  return text
    .replace(WORD, (word) => (LATIN.test(word) ? word.replace(LOOK_ALIKE, (letter) => letter + mark(letter)) : word))
    .replace(HIDDEN, (character) => escapes[character] ?? mark(character));
}

/** As `visible`, but line feeds break lines: for definitions, policies and logs. */
export function visibleLines(text: string): string[] {
  return text.split('\n').map((line) => visible(line.endsWith('\r') ? line.slice(0, -1) : line));
}
