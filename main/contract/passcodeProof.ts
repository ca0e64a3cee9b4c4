/**
 * How a passcode is proved without being sent (SECURITY.md rule 3): SCRAM's proof (RFC 5802, section 3) with scrypt
 * (RFC 7914) in place of PBKDF2 and SHA-256, over one ask and what it was made of. What is sent is good for that ask and
 * that nonce, once; whoever takes the daemon's place gets nothing it could send to the real one.
 *
 *     salted = scrypt(passcode, salt)       client key = HMAC(salted, "Client Key")
 *     stored = SHA-256(client key)          all that the daemon keeps
 *     proof  = client key XOR HMAC(stored, message)
 */
import { z } from 'zod';
import { bytes32 } from './names.ts';

/** What the daemon gives for one ask: its passcode's salt, and a nonce that is used once. 32 bytes each, base64. */
export const passcodeChallenge = z.object({ salt: bytes32, nonce: bytes32 });
export type PasscodeChallenge = z.infer<typeof passcodeChallenge>;

export const passcodeProof = z.object({ nonce: bytes32, proof: bytes32 });
export type PasscodeProof = z.infer<typeof passcodeProof>;

/** scrypt's cost, 128 MiB. Fixed: a daemon that is none must not be able to ask for less. */
export const PASSCODE_COST = { N: 2 ** 17, r: 8, p: 1 } as const;

/** What the formula needs of whatever it runs on: Node, or a page. `scrypt` has the cost above and gives 32 bytes. */
export interface ProofHashes {
  scrypt(passcode: string, salt: Uint8Array): Promise<Uint8Array>;
  hmac(key: Uint8Array, message: Uint8Array): Uint8Array;
  sha256(message: Uint8Array): Uint8Array;
  encode(text: string): Uint8Array;
  toBase64(bytes: Uint8Array): string;
  fromBase64(text: string): Uint8Array;
}

/** The ask that an answer is for, by its id and hash. */
export interface Bound {
  readonly id: string;
  readonly hash: string;
}

/** The client key of a passcode: what proves it, and is never sent or kept. The passcode's Unicode form is composed first. */
export async function clientKey(hashes: ProofHashes, passcode: string, salt: string): Promise<Uint8Array> {
  const salted = await hashes.scrypt(passcode.normalize('NFC'), hashes.fromBase64(salt));
  return hashes.hmac(salted, hashes.encode('Client Key'));
}

/** The proof of a passcode for one ask. */
export async function provePasscode(
  hashes: ProofHashes,
  passcode: string,
  { salt, nonce }: PasscodeChallenge,
  bound: Bound,
): Promise<PasscodeProof> {
  const key = await clientKey(hashes, passcode, salt);
  return { nonce, proof: hashes.toBase64(maskedKey(hashes, hashes.sha256(key), key, nonce, bound)) };
}

/** `key` masked for this nonce and ask; applied twice it is the key again (which is how the daemon checks a proof). */
export function maskedKey(
  hashes: Pick<ProofHashes, 'hmac' | 'encode'>,
  stored: Uint8Array,
  key: Uint8Array,
  nonce: string,
  { id, hash }: Bound,
): Uint8Array {
  const mask = hashes.hmac(stored, hashes.encode(`countersign/passcode/1\n${id}\n${hash}\n${nonce}`));
  return key.map((byte, at) => byte ^ (mask[at] ?? 0));
}
