/** Thirty is more than any language puts on a letter (UAX #15, section 13). The half-width voicing marks are letters that become marks. */
const LONG_RUN = /[\p{M}\uff9e\uff9f]{31,1000}/gu;

/**
 * A text in this normal form (UAX #15), every longer run of marks as one: putting marks in their order takes a time that
 * grows with the square of their number, and whoever writes a text may write a million.
 */
export function normalForm(text: string, form: 'NFC' | 'NFKC' | 'NFKD'): string {
  return text.replace(LONG_RUN, '\u034f').normalize(form);
}
