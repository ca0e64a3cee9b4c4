/** Payloads as `ledger.db` keeps them. */
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { Refused } from '../../contract/errors.ts';

/** Shorter ones gain less than the compressor costs. */
const WORTH_COMPRESSING = 512;
const PLAIN = 0;
const ZSTD = 1;
export const FASTEST = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

export interface PackedPayload {
  readonly codec: number;
  readonly body: Uint8Array;
}

/** Zstandard (RFC 8878) at its fastest level where that is shorter, otherwise the bytes themselves. */
export function packPayload(bytes: Uint8Array): PackedPayload {
  return bytes.length < WORTH_COMPRESSING
    ? { codec: PLAIN, body: bytes }
    : shorter(bytes, zstdCompressSync(bytes, FASTEST));
}

/** The compressed form of these bytes, where it is shorter. */
export function shorter(bytes: Uint8Array, body: Uint8Array): PackedPayload {
  return body.length < bytes.length ? { codec: ZSTD, body } : { codec: PLAIN, body: bytes };
}

/** The bytes that were packed. Throws `Refused('DATABASE_TAMPERED')` when they are damaged or of an unknown codec. */
export function unpackPayload({ codec, body }: PackedPayload): Uint8Array {
  if (codec === PLAIN) return body;
  try {
    if (codec === ZSTD) return zstdDecompressSync(body);
  } catch {
    throw new Refused('DATABASE_TAMPERED', 'a payload cannot be unpacked');
  }
  throw new Refused('DATABASE_TAMPERED', `a payload has the codec ${codec}`);
}
