/** The key that all collectors of one database share: it cosigns heads, and from it the database's password follows. */
import { generateKeyPairSync } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { cosign, cosignerKey } from '../../main/core/ledger/cosignature.ts';
import { sha256, signingKey } from '../verify/crypto.ts';

export interface Identity {
  /** The public key as devices keep it (c2sp.org/tlog-cosignature). */
  readonly cosigner: string;
  /** Raw, 32 bytes. */
  readonly publicKey: Buffer;
  /** The note with our signature: it was seen now, and agrees with all that was seen before. */
  witness(note: string): string;
  /** Our Ed25519 signature, base64. */
  sign(text: string): string;
  /** Secret bytes that other keys are derived from. */
  readonly seed: Uint8Array;
}

/** Reads the key file (PEM, Ed25519), made with a new key when missing. Throws when it holds none. */
export function openIdentity(file: string): Identity {
  if (!existsSync(file)) {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    const { privateKey } = generateKeyPairSync('ed25519');
    const pem = privateKey.export({ format: 'pem', type: 'pkcs8' });
    // Of two collectors that start at once one makes the file, whole or not at all, and both read it.
    const own = `${file}.${process.pid}`;
    writeFileSync(own, pem, { mode: 0o600 });
    try {
      linkSync(own, file);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    } finally {
      rmSync(own);
    }
  }
  const { publicKey, sign, secret } = signingKey(readFileSync(file, 'utf8'));
  const name = `countersign.dev/collector/${sha256(publicKey).toString('hex').slice(0, 16)}`;
  const key = { name, publicKey };
  return {
    cosigner: cosignerKey(sha256, key),
    publicKey: Buffer.from(publicKey),
    sign: (text) => sign(Buffer.from(text)).toString('base64'),
    witness: (note) => cosign(sha256, note, key, Math.floor(Date.now() / 1000), sign),
    seed: sha256(secret.export({ format: 'der', type: 'pkcs8' })),
  };
}
