/** The cryptography of `services/vault`, by Node. */
import {
  createHmac,
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  generateKeyPairSync,
  randomBytes,
  scrypt,
  sign,
  timingSafeEqual,
} from 'node:crypto';
import { promisify } from 'node:util';
import type { KeyCrypto } from '../../services/vault/ports.ts';

const derive = promisify<string, Buffer, number, { N: number; r: number; p: number; maxmem: number }, Buffer>(scrypt);

/** A PKCS#8 private key of Ed25519 up to the key itself (RFC 8410, section 7). */
const PKCS8_HEAD = Buffer.from('302e020100300506032b657004220420', 'hex');

/** OWASP's first choice for scrypt: 128 MiB for a third of a second, on a thread of its own. */
const COST = { N: 2 ** 17, r: 8, p: 1, maxmem: 160 * 1024 * 1024 };

/** 32 bytes from a passcode (RFC 7914). Its Unicode form is composed first: keyboards differ in what they send. */
export function stretch(passcode: string, salt: Buffer): Promise<Buffer> {
  return derive(passcode.normalize('NFC'), salt, 32, COST);
}

export const nodeCrypto: KeyCrypto = {
  random: () => randomBytes(32).toString('base64'),

  newSigningKey: () =>
    generateKeyPairSync('ed25519').privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64'),

  signingKeyOf: (seed) => Buffer.concat([PKCS8_HEAD, seed]).toString('base64'),

  signingKey(key) {
    const secret = createPrivateKey({ key: Buffer.from(key, 'base64'), format: 'der', type: 'pkcs8' });
    if (secret.asymmetricKeyType !== 'ed25519') throw new TypeError('not an Ed25519 key');
    const publicKey = createPublicKey(secret).export({ format: 'der', type: 'spki' });
    return { publicKey, sign: (message) => sign(null, message, secret) };
  },

  hmac(key) {
    const prepared = createSecretKey(key, 'base64');
    return (message) => createHmac('sha256', prepared).update(message).digest();
  },

  equal(a, b) {
    const left = Buffer.from(a);
    const right = Buffer.from(b);
    return left.length === right.length && timingSafeEqual(left, right);
  },
};
