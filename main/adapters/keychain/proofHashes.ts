import { createHash, createHmac } from 'node:crypto';
import type { ProofHashes } from '../../contract/passcodeProof.ts';
import { stretch } from './crypto.ts';

/** The hashes of a passcode's proof, by Node. */
export const proofHashes: ProofHashes = {
  scrypt: (passcode, salt) => stretch(passcode, Buffer.from(salt)),
  hmac: (key, message) => createHmac('sha256', key).update(message).digest(),
  sha256: (message) => createHash('sha256').update(message).digest(),
  encode: (text) => Buffer.from(text, 'utf8'),
  toBase64: (bytes) => Buffer.from(bytes).toString('base64'),
  fromBase64: (text) => Buffer.from(text, 'base64'),
};
