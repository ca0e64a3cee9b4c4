/** Signed notes with Ed25519 signatures (c2sp.org/signed-note). */
import { fromBase64, toBase64 } from './base64.ts';
import type { Hash } from './merkle.ts';
import { sameBytes } from './proof.ts';
import { utf8 } from './utf8.ts';

/** Signature type byte of Ed25519. */
const ED25519 = 1;
/** Key id and signature. */
const SIGNATURE_LENGTH = 4 + 64;

/** Whose signature: a key name without spaces and plus signs, and the 32 bytes of the Ed25519 public key (RFC 8032). */
export interface NoteKey {
  readonly name: string;
  readonly publicKey: Uint8Array;
}
/** Ed25519 signature of a message, 64 bytes. */
export type Sign = (message: Uint8Array) => Uint8Array;
/** Whether the signature of the message holds under the public key. */
export type VerifySignature = (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array) => boolean;

/** First four bytes of SHA-256(name ‖ 0x0A ‖ 0x01 ‖ public key). */
export function keyId(hash: Hash, { name, publicKey }: NoteKey): Uint8Array {
  const head = utf8(`${name}\n`);
  const bytes = new Uint8Array(head.length + 1 + publicKey.length);
  bytes.set(head);
  bytes[head.length] = ED25519;
  bytes.set(publicKey, head.length + 1);
  return hash(bytes).subarray(0, 4);
}

/** The key as other verifiers take it: name, key id in hexadecimal, type and key in base64, joined by plus signs. */
export function verifierKey(hash: Hash, key: NoteKey): string {
  const id = [...keyId(hash, key)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${key.name}+${id}+${toBase64(Uint8Array.of(ED25519, ...key.publicKey))}`;
}

/** The note of a text, which ends in a newline, with one signature. */
export function signNote(hash: Hash, text: string, key: NoteKey, sign: Sign): string {
  const signature = sign(utf8(text));
  return `${text}\n— ${key.name} ${toBase64(Uint8Array.of(...keyId(hash, key), ...signature))}\n`;
}

/** The note with one signature more. Throws `TypeError` for what is no note. */
export function cosignNote(hash: Hash, note: string, key: NoteKey, sign: Sign): string {
  const parts = splitNote(note);
  if (parts === null) throw new TypeError('Only a signed note can be signed again.');
  return note + signNote(hash, parts.text, key, sign).slice(parts.text.length + 1);
}

/** The text of a note that this key signed; null when the note is malformed, unsigned by the key, or wrongly signed. */
export function openNote(hash: Hash, note: string, key: NoteKey, verify: VerifySignature): string | null {
  const parts = splitNote(note);
  const lines = parts?.signatures.map(signatureLine);
  if (!parts || !lines?.every((line) => line !== null)) return null;
  const id = keyId(hash, key);
  const own = lines.find((line) => line.name === key.name && sameBytes(line.bytes.subarray(0, 4), id));
  if (own?.bytes.length !== SIGNATURE_LENGTH) return null;
  return verify(key.publicKey, utf8(parts.text), own.bytes.subarray(4)) ? parts.text : null;
}

/** Name, and key id with signature, of one line; null when it is no signature line. */
function signatureLine(line: string): { name: string; bytes: Uint8Array } | null {
  const [, name, encoded] = /^— ([^\s+]+) (\S+)$/u.exec(line) ?? [];
  const bytes = encoded === undefined ? null : fromBase64(encoded);
  return name === undefined || bytes === null || bytes.length < 5 ? null : { name, bytes };
}

/** Text and signature lines of a note, divided at its last empty line; null when it has not that shape. Proves nothing. */
export function splitNote(note: string): { text: string; signatures: string[] } | null {
  const end = note.lastIndexOf('\n\n');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a note may hold no control character but the newline
  if (end < 0 || !note.endsWith('\n') || /[\0-\x09\x0b-\x1f]/.test(note) || !note.isWellFormed()) return null;
  const signatures = note.slice(end + 2, -1).split('\n');
  return { text: note.slice(0, end + 1), signatures };
}
