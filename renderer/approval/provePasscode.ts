import { hmac } from '@noble/hashes/hmac.js';
import { scryptAsync } from '@noble/hashes/scrypt.js';
import { sha256 } from '@noble/hashes/sha2.js';
import type { AskView } from '../../main/contract/ask.ts';
import {
  PASSCODE_COST,
  type PasscodeProof,
  type ProofHashes,
  provePasscode,
} from '../../main/contract/passcodeProof.ts';
import type { Door } from './door.ts';

/** A page has no scrypt of its own. About a second, in slices that leave the page answering. */
const hashes: ProofHashes = {
  scrypt: (passcode, salt) => scryptAsync(hashes.encode(passcode), salt, { ...PASSCODE_COST, dkLen: 32 }),
  hmac: (key, message) => hmac(sha256, key, message),
  sha256: (message) => sha256(message),
  encode: (text) => new TextEncoder().encode(text),
  toBase64: (bytes) => btoa(String.fromCharCode(...bytes)),
  fromBase64: (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)),
};

/** Proves the passcode for this ask; the passcode itself stays in the page. */
export async function proveFor(door: Door, ask: AskView, passcode: string): Promise<PasscodeProof> {
  return provePasscode(hashes, passcode, await door.asks.challenge({ id: ask.id }), ask);
}
