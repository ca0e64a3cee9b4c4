/** Text from outside as it may stand in one of our own sentences. */

const MAX = 120;
const HEAD = 70;
/** Control, format (bidirectional, tags), ignorable, private, unassigned and separator characters other than the space. */
const UNSEEN = /\p{C}|\p{Default_Ignorable_Code_Point}|\p{Zl}|\p{Zp}|(?! )\p{Zs}|\u2800/gu;

/** Characters that cannot be seen, or turn what is seen around, as `\u{202e}`. */
export function visible(text: string): string {
  return text.replace(UNSEEN, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}

/** Visible and short: of a long text the beginning, the end and how many characters lie between. */
export function shown(text: string): string {
  if (text.length <= MAX) return visible(text);
  return `${visible(text.slice(0, HEAD))}…(${text.length - MAX} more)…${visible(text.slice(HEAD - MAX))}`;
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
