/** The answer to a peer while there is no device key to prove anything with. */
import type { Duplex } from 'node:stream';
import type { Refusal } from '../../contract/refusal.ts';
import { nextLine, sendLine } from './lines.ts';

/** For the peer's first line, milliseconds. */
const PATIENCE_MS = 5000;

/**
 * Reads the peer's hello and refuses it: an unproved no does no more harm than no daemon at all. Resolves when it was
 * said; rejects with `Refused('HANDSHAKE_FAILED')` when the peer says nothing.
 */
export async function refuseUnproved(stream: Duplex, refused: Refusal): Promise<void> {
  stream.on('error', () => {});
  try {
    await nextLine(stream, PATIENCE_MS);
    sendLine(stream, { refused });
  } finally {
    stream.end();
    stream.resume();
  }
}
