/** A device's ledger as heads name it. */
import { fromBase64 } from '../../main/core/ledger/base64.ts';
import { type Checkpoint, parseCheckpoint } from '../../main/core/ledger/checkpoint.ts';
import { type NoteKey, openNote, splitNote, verifierKey } from '../../main/core/ledger/note.ts';
import { sha256, verifySignature } from './crypto.ts';

const ED25519 = 1;
const LOG_NAME = /^countersign\.dev\/ledger\/[0-9a-f]{16}$/;

/** A head that the device signed, with the epoch its origin names. */
export interface DeviceHead extends Checkpoint {
  readonly epoch: number;
}

/** The key of a text in the form of c2sp.org/signed-note; null when it is none of a Countersign ledger. */
export function readLedgerKey(text: string): NoteKey | null {
  const [name = '', , ...encoded] = text.split('+');
  const bytes = fromBase64(encoded.join('+'));
  if (!LOG_NAME.test(name) || bytes?.length !== 33 || bytes[0] !== ED25519) return null;
  const key = { name, publicKey: bytes.subarray(1) };
  return verifierKey(sha256, key) === text ? key : null;
}

/** The head of a note; null when the note is not signed by this ledger's key. */
export function openHead(note: string, log: NoteKey): DeviceHead | null {
  const origin = splitNote(note)?.text.split('\n')[0] ?? '';
  const epoch = origin.startsWith(`${log.name}/`) ? Number(origin.slice(log.name.length + 1)) : Number.NaN;
  if (!Number.isSafeInteger(epoch) || epoch < 1) return null;
  const text = openNote(sha256, note, { name: origin, publicKey: log.publicKey }, verifySignature);
  const head = text === null ? null : parseCheckpoint(text);
  return head?.origin === origin ? { ...head, epoch } : null;
}
