/** Whose ledger it is: the name heads are signed under, and their notes. */
import { fromBase64, toBase64 } from '../../core/ledger/base64.ts';
import { type Checkpoint, checkpointText, parseCheckpoint } from '../../core/ledger/checkpoint.ts';
import { cosignNote, openNote, signNote, splitNote, verifierKey } from '../../core/ledger/note.ts';
import { sameBytes } from '../../core/ledger/proof.ts';
import type { DeviceKeys } from '../vault/ports.ts';
import type { LedgerCrypto } from './ports.ts';

/** The extension line that says which records are the newest about sealed rows. */
const SEALED = 'sealed ';
/** The extension lines of keys that move forward: the one that signs this head beside the device's, and the one after it. */
const KEY = 'key ';
const NEXT = 'next ';
const PREFIX = 'countersign.dev/ledger/';
/** An Ed25519 SubjectPublicKeyInfo: its head, then the key itself (RFC 8410). */
const SPKI_HEAD = '302a300506032b6570032100';
const RAW_KEY_LENGTH = 32;

/** A tree head of this device, and the epoch it belongs to. */
export interface SignedHead extends Omit<Checkpoint, 'extensions'> {
  readonly epoch: number;
  /** Digest of which records are the newest about sealed rows; null when there are none. */
  readonly sealed: string | null;
  /** The public keys, base64, of the key that signed beside the device's, and of the one that it hands over to. */
  readonly key: string;
  readonly next: string;
}

/** An Ed25519 key that signs heads for a few seconds, and its successor, of which only the public key is told. */
export interface MovingKey {
  /** SPKI DER. */
  readonly publicKey: Uint8Array;
  sign(message: Uint8Array): Uint8Array;
}

/**
 * The device's key as the ledger uses it. An origin names the key's fingerprint and an epoch, from 1: a ledger that
 * does not continue what was signed goes on in a new epoch, since no log may sign two histories.
 * Every head carries a second signature under a key that moves forward (SECURITY.md rule 19): whoever takes the device's
 * keys today cannot sign what the keys of yesterday, which are gone, have signed.
 */
export class LedgerKey {
  readonly #crypto: Pick<LedgerCrypto, 'sha256' | 'verify'>;
  readonly #publicKey: Uint8Array;
  readonly #log: string;

  /** Takes the public key as SPKI DER. */
  constructor(crypto: Pick<LedgerCrypto, 'sha256' | 'verify'>, publicKey: Uint8Array) {
    this.#crypto = crypto;
    this.#publicKey = raw(publicKey);
    const fingerprint = Buffer.from(crypto.sha256(publicKey)).toString('hex').slice(0, 16);
    this.#log = `${PREFIX}${fingerprint}`;
  }

  /** The key of a text that `verifierKey` gave; null for any other. */
  static read(crypto: Pick<LedgerCrypto, 'sha256' | 'verify'>, text: string): LedgerKey | null {
    const encoded = fromBase64(text.split('+').slice(2).join('+'));
    if (encoded?.length !== 1 + RAW_KEY_LENGTH) return null;
    const key = new LedgerKey(crypto, Buffer.concat([Buffer.from(SPKI_HEAD, 'hex'), encoded.subarray(1)]));
    return key.verifierKey() === text ? key : null;
  }

  /** The public key as one line that others can keep: the form of c2sp.org/signed-note, the log's name without its epoch. */
  verifierKey(): string {
    return verifierKey(this.#crypto.sha256, { name: this.#log, publicKey: this.#publicKey });
  }

  /** The head that this device signed in a note; null when it did not. */
  open(note: string): SignedHead | null {
    const origin = splitNote(note)?.text.split('\n')[0] ?? '';
    const epoch = origin.startsWith(`${this.#log}/`) ? Number(origin.slice(this.#log.length + 1)) : Number.NaN;
    if (!Number.isSafeInteger(epoch) || epoch < 1) return null;
    const { sha256, verify } = this.#crypto;
    const text = openNote(sha256, note, { name: origin, publicKey: this.#publicKey }, verify);
    const head = text === null ? null : parseCheckpoint(text);
    if (head?.origin !== origin) return null;
    const says = (name: string) => head.extensions.find((line) => line.startsWith(name))?.slice(name.length) ?? null;
    const [key, next] = [says(KEY), says(NEXT)];
    const moving = key === null ? null : fromBase64(key);
    if (key === null || next === null || moving?.length !== RAW_KEY_LENGTH) return null;
    if (openNote(sha256, note, { name: origin, publicKey: moving }, verify) === null) return null;
    return { origin, size: head.size, root: head.root, epoch, sealed: says(SEALED), key, next };
  }

  /** The note of a head, signed by the device and by the key that moves forward. */
  sign(
    { epoch, size, root, sealed }: Pick<SignedHead, 'epoch' | 'size' | 'root' | 'sealed'>,
    sign: DeviceKeys['sign'],
    moving: MovingKey,
    next: Uint8Array,
  ): string {
    const origin = `${this.#log}/${epoch}`;
    const extensions = [`${KEY}${keyText(moving.publicKey)}`, `${NEXT}${keyText(next)}`];
    if (sealed !== null) extensions.unshift(`${SEALED}${sealed}`);
    const { sha256 } = this.#crypto;
    const text = checkpointText({ origin, size, root, extensions });
    const note = signNote(sha256, text, { name: origin, publicKey: this.#publicKey }, sign);
    const second = { name: origin, publicKey: raw(moving.publicKey) };
    // A moving key that is the device's own would sign twice and prove nothing more.
    if (sameBytes(second.publicKey, this.#publicKey)) throw new TypeError('The moving key must be another one.');
    return cosignNote(sha256, note, second, moving.sign);
  }
}

/** A public key given as SPKI DER, as heads name it. */
export function keyText(publicKey: Uint8Array): string {
  return toBase64(raw(publicKey));
}

function raw(publicKey: Uint8Array): Uint8Array {
  return publicKey.subarray(-RAW_KEY_LENGTH);
}
