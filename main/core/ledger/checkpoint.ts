/** Checkpoints: the head of the tree as the text of a signed note (c2sp.org/tlog-checkpoint). */
import { fromBase64, toBase64 } from './base64.ts';
import { HASH_LENGTH } from './merkle.ts';

/** A tree head: which log, how many leaves, and their Merkle tree hash. */
export interface Checkpoint {
  readonly origin: string;
  readonly size: number;
  readonly root: Uint8Array;
  /** Extension lines, without their newlines; never empty ones. */
  readonly extensions: readonly string[];
}

/** The note text: origin, size, root and extensions, a line each. */
export function checkpointText({ origin, size, root, extensions }: Checkpoint): string {
  return `${[origin, size, toBase64(root), ...extensions].join('\n')}\n`;
}

/** The tree head of a note text; null when it is none. What extension lines mean is left to the origin. */
export function parseCheckpoint(text: string): Checkpoint | null {
  const [, origin, digits, encoded, rest = ''] =
    /^([^\n]+)\n(0|[1-9]\d{0,15})\n([^\n]+)\n((?:[^\n]+\n)*)$/.exec(text) ?? [];
  if (origin === undefined || digits === undefined || encoded === undefined) return null;
  const size = Number(digits);
  const root = fromBase64(encoded);
  if (!Number.isSafeInteger(size) || root?.length !== HASH_LENGTH) return null;
  return { origin, size, root, extensions: rest.split('\n').slice(0, -1) };
}
