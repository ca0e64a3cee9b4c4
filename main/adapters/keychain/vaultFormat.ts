/**
 * The sealed vault as bytes (PRODUCT.md K1). The first line fixes everything else, so that nobody can weaken a file:
 *
 *     countersign-vault 1\n   20 bytes: scrypt N=2^17 r=8 p=1, AES-256-GCM
 *     salt                    32 bytes, new with each passcode
 *     nonce                   12 bytes, new with each write
 *     ciphertext              UTF-8 JSON object, account to value
 *     tag                     16 bytes
 *
 * Everything before the ciphertext is additional authenticated data.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const MAGIC = Buffer.from('countersign-vault 1\n', 'ascii');
const SALT = 32;
const NONCE = 12;
const TAG = 16;
const HEADER = MAGIC.length + SALT + NONCE;

/** The salt of a vault's bytes; undefined when they are not a vault of this version. */
export function saltOf(file: Buffer): Buffer | undefined {
  if (file.length < HEADER + TAG || !file.subarray(0, MAGIC.length).equals(MAGIC)) return undefined;
  return file.subarray(MAGIC.length, MAGIC.length + SALT);
}

/** A new salt, 32 bytes. */
export function newSalt(): Buffer {
  return randomBytes(SALT);
}

/** Seals under a 32-byte key that was derived with this salt. */
export function seal(key: Buffer, salt: Buffer, values: ReadonlyMap<string, string>): Buffer {
  const header = Buffer.concat([MAGIC, salt, randomBytes(NONCE)]);
  const cipher = createCipheriv('aes-256-gcm', key, header.subarray(-NONCE), { authTagLength: TAG });
  cipher.setAAD(header);
  const plain = Buffer.from(JSON.stringify(Object.fromEntries(values)), 'utf8');
  const sealed = Buffer.concat([header, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  plain.fill(0);
  return sealed;
}

/** The values, or undefined when the key is another or any byte was changed. */
export function unseal(key: Buffer, file: Buffer): Map<string, string> | undefined {
  const header = file.subarray(0, HEADER);
  const decipher = createDecipheriv('aes-256-gcm', key, header.subarray(-NONCE), { authTagLength: TAG });
  decipher.setAAD(header);
  decipher.setAuthTag(file.subarray(-TAG));
  const plain = decipher.update(file.subarray(HEADER, -TAG));
  try {
    decipher.final();
  } catch {
    return undefined;
  }
  return new Map(Object.entries(JSON.parse(plain.toString('utf8')) as Record<string, string>));
}
