/** Cosignatures of a witness over checkpoints that are not its own (c2sp.org/tlog-cosignature, version 1). */
import { fromBase64, toBase64 } from './base64.ts';
import type { Hash } from './merkle.ts';
import { type NoteKey, type Sign, splitNote, type VerifySignature } from './note.ts';
import { sameBytes } from './proof.ts';
import { utf8 } from './utf8.ts';

/** Signature type byte of a timestamped Ed25519 cosignature. */
const COSIGNATURE = 4;
const KEY_LENGTH = 32;
/** Key id, seconds since 1970 in eight bytes, signature. */
const LENGTH = 4 + 8 + 64;

/** What a witness says: it saw this text at this time, and nothing before it that does not agree. */
export interface Cosigned {
  readonly text: string;
  /** Seconds since 1970. */
  readonly seconds: number;
}

function cosignerId(hash: Hash, { name, publicKey }: NoteKey): Uint8Array {
  return hash(Uint8Array.of(...utf8(`${name}\n`), COSIGNATURE, ...publicKey)).subarray(0, 4);
}

/** The witness's key as others keep it: name, key id in hexadecimal, type and key in base64, joined by plus signs. */
export function cosignerKey(hash: Hash, key: NoteKey): string {
  const id = [...cosignerId(hash, key)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${key.name}+${id}+${toBase64(Uint8Array.of(COSIGNATURE, ...key.publicKey))}`;
}

/** The key of a text that `cosignerKey` gave; null for any other. */
export function readCosignerKey(hash: Hash, text: string): NoteKey | null {
  const [name = '', , ...encoded] = text.split('+');
  const bytes = fromBase64(encoded.join('+'));
  if (bytes?.length !== 1 + KEY_LENGTH) return null;
  const key = { name, publicKey: bytes.subarray(1) };
  return cosignerKey(hash, key) === text ? key : null;
}

/** The note with the witness's signature more. Throws `TypeError` for what is no note. */
export function cosign(hash: Hash, note: string, key: NoteKey, seconds: number, sign: Sign): string {
  const parts = splitNote(note);
  if (parts === null) throw new TypeError('Only a signed note can be cosigned.');
  const time = new DataView(new ArrayBuffer(8));
  time.setBigUint64(0, BigInt(seconds));
  const signature = sign(message(parts.text, seconds));
  const line = toBase64(Uint8Array.of(...cosignerId(hash, key), ...new Uint8Array(time.buffer), ...signature));
  return `${note}— ${key.name} ${line}\n`;
}

/** What this witness says of a note; null when it says nothing, or its signature does not hold. */
export function openCosigned(hash: Hash, note: string, key: NoteKey, verify: VerifySignature): Cosigned | null {
  const parts = splitNote(note);
  if (parts === null) return null;
  const id = cosignerId(hash, key);
  for (const line of parts.signatures) {
    const [, name, encoded = ''] = /^— ([^\s+]+) (\S+)$/u.exec(line) ?? [];
    const bytes = name === key.name ? fromBase64(encoded) : null;
    if (bytes?.length !== LENGTH || !sameBytes(bytes.subarray(0, 4), id)) continue;
    const seconds = Number(new DataView(bytes.buffer, bytes.byteOffset + 4, 8).getBigUint64(0));
    if (verify(key.publicKey, message(parts.text, seconds), bytes.subarray(12))) return { text: parts.text, seconds };
  }
  return null;
}

function message(text: string, seconds: number): Uint8Array {
  return utf8(`cosignature/v1\ntime ${seconds}\n${text}`);
}
