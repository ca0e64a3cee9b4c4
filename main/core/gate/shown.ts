/** Text from outside as it may stand in one of our own sentences. */

const MAX = 120;
const HEAD = 70;
/** Control, format (bidirectional, tags), ignorable, private, unassigned and separator characters other than the space. */
const UNSEEN = /\p{C}|\p{Default_Ignorable_Code_Point}|\p{Zl}|\p{Zp}|(?! )\p{Zs}|\u2800/gu;

/** Characters that cannot be seen, or turn what is seen around, as `\u{202e}`. */
export function visible(text: string): string {
  return text.replace(UNSEEN, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}

/** Many of one character that cannot be seen, or of blanks: they would push the rest away. */
const FLOOD = /([\p{C}\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}\p{Zs}\u2800])\1{7,}/gu;
/** Longer texts are cut as they are. */
const LONGEST = 20_000;

/** A flood as its character and how often it comes. */
function gathered(text: string): string {
  if (text.length > LONGEST) return text;
  return text.replace(FLOOD, (run, one: string) => `${one}(×${run.length / one.length})`);
}

/** A blank that nothing stands behind or before cannot be seen either. */
const ends = (text: string) => text.replace(/^ | $/g, '\\u{20}');

/** Visible and short: of a long text the beginning, the end and how many characters lie between. */
export function shown(text: string): string {
  const whole = gathered(text);
  if (whole.length <= MAX) return ends(visible(whole));
  const more = whole.length - MAX;
  return ends(`${visible(whole.slice(0, HEAD))}…(${more} more)…${visible(whole.slice(HEAD - MAX))}`);
}

/** Length in UTF-8 bytes of a well-formed text. */
export function utf8Length(text: string): number {
  let bytes = text.length;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit < 0x80) continue;
    // A surrogate pair is two units and four bytes.
    bytes += unit < 0x800 || (unit >= 0xd800 && unit < 0xe000) ? 1 : 2;
  }
  return bytes;
}
