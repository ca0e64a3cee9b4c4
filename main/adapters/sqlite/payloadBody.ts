/** Payloads as they lie on the disk. */
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';

/** Shorter ones gain less than the compressor costs. */
const WORTH_COMPRESSING = 512;
const PLAIN = 0;
const ZSTD = 1;

/** Zstandard (RFC 8878) at its fastest level where that is shorter, otherwise the bytes themselves. */
export function packPayload(bytes: Uint8Array): { codec: number; body: Uint8Array } {
  if (bytes.length >= WORTH_COMPRESSING) {
    const body = zstdCompressSync(bytes, { params: { [constants.ZSTD_c_compressionLevel]: 1 } });
    if (body.length < bytes.length) return { codec: ZSTD, body };
  }
  return { codec: PLAIN, body: bytes };
}

/** The bytes that were packed. Throws when they are damaged or of an unknown codec. */
export function unpackPayload({ codec, body }: { codec: number; body: Uint8Array }): Uint8Array {
  if (codec === PLAIN) return body;
  if (codec === ZSTD) return zstdDecompressSync(body);
  throw new TypeError(`No codec ${codec}.`);
}
