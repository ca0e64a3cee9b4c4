import { createHash } from 'node:crypto';
import { visible } from '../visible.ts';

/** Characters of a value shown from its start and its end when it is cut. */
const HEAD = 400;
const TAIL = 120;

/** A value as it is printed: `cut` when only head, tail, length and hash are shown (SECURITY.md prompt rule 5). */
export interface ShownValue {
  readonly text: string;
  readonly cut: boolean;
}

/** The exact JSON text of a value with nothing hidden; long ones are cut unless `full`. */
export function shownValue(json: string, full: boolean): ShownValue {
  if (full || json.length <= HEAD + TAIL) return { text: visible(json), cut: false };
  const hash = createHash('sha256').update(json).digest('hex').slice(0, 16);
  const left = json.length - HEAD - TAIL;
  return {
    text: `${visible(json.slice(0, HEAD))} … ${left} characters not shown … ${visible(json.slice(-TAIL))} (${json.length} characters, sha256 ${hash})`,
    cut: true,
  };
}
