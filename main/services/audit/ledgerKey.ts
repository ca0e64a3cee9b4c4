/** Whose ledger it is: the name heads are signed under, and their notes. */
import { type Checkpoint, checkpointText, parseCheckpoint } from '../../core/ledger/checkpoint.ts';
import { openNote, signNote, splitNote } from '../../core/ledger/note.ts';
import type { DeviceKeys } from '../vault/ports.ts';
import type { LedgerCrypto } from './ports.ts';

/** The extension line that says which records are the newest about sealed rows. */
const SEALED = 'sealed ';
const PREFIX = 'countersign.dev/ledger/';
/** An Ed25519 SubjectPublicKeyInfo ends in the key itself (RFC 8410). */
const RAW_KEY_LENGTH = 32;

/** A tree head of this device, and the epoch it belongs to. */
export interface SignedHead extends Omit<Checkpoint, 'extensions'> {
  readonly epoch: number;
  /** Digest of which records are the newest about sealed rows; null when there are none. */
  readonly sealed: string | null;
}

/**
 * The device's key as the ledger uses it. An origin names the key's fingerprint and an epoch, from 1: a ledger that
 * does not continue what was signed goes on in a new epoch, since no log may sign two histories.
 */
export class LedgerKey {
  readonly #crypto: Pick<LedgerCrypto, 'sha256' | 'verify'>;
  readonly #publicKey: Uint8Array;
  readonly #log: string;

  /** Takes the public key as SPKI DER. */
  constructor(crypto: Pick<LedgerCrypto, 'sha256' | 'verify'>, publicKey: Uint8Array) {
    this.#crypto = crypto;
    this.#publicKey = publicKey.subarray(-RAW_KEY_LENGTH);
    const fingerprint = Buffer.from(crypto.sha256(publicKey)).toString('hex').slice(0, 16);
    this.#log = `${PREFIX}${fingerprint}/`;
  }

  /** The head that this device signed in a note; null when it did not. */
  open(note: string): SignedHead | null {
    const origin = splitNote(note)?.text.split('\n')[0] ?? '';
    const epoch = origin.startsWith(this.#log) ? Number(origin.slice(this.#log.length)) : Number.NaN;
    if (!Number.isSafeInteger(epoch) || epoch < 1) return null;
    const { sha256, verify } = this.#crypto;
    const text = openNote(sha256, note, { name: origin, publicKey: this.#publicKey }, verify);
    const head = text === null ? null : parseCheckpoint(text);
    if (head?.origin !== origin) return null;
    const sealed = head.extensions.find((line) => line.startsWith(SEALED))?.slice(SEALED.length) ?? null;
    return { origin, size: head.size, root: head.root, epoch, sealed };
  }

  /** The note of a head, signed. */
  sign({ epoch, size, root, sealed }: Omit<SignedHead, 'origin'>, sign: DeviceKeys['sign']): string {
    const origin = `${this.#log}${epoch}`;
    const extensions = sealed === null ? [] : [`${SEALED}${sealed}`];
    const key = { name: origin, publicKey: this.#publicKey };
    return signNote(this.#crypto.sha256, checkpointText({ origin, size, root, extensions }), key, sign);
  }
}
