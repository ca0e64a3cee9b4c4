/** Reading a request's body: bounded before it is read, and again before it is unpacked. */
import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { gunzip, zstdDecompress } from 'node:zlib';
import { BATCH_BYTES } from '../../main/contract/collector.ts';
import { Refused } from '../../main/contract/refusal.ts';

/** A batch of the largest size, as JSON with base64 in it. */
const UNPACKED = 2 * BATCH_BYTES;
const SENT = BATCH_BYTES;

const UNPACK: Readonly<Record<string, (bytes: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>>> = {
  gzip: promisify(gunzip),
  zstd: promisify(zstdDecompress),
};

/** The bytes as they were sent. Throws `Refused('INPUT_INVALID')` when there are too many. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > SENT) throw new Refused('INPUT_INVALID', 'the body is too long');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The bytes as they were before compression. Throws `Refused('INPUT_INVALID')`. */
export async function unpackBody(body: Buffer, encoding: string | undefined): Promise<Buffer> {
  if (encoding === undefined) return body;
  const unpack = UNPACK[encoding];
  if (unpack === undefined) throw new Refused('INPUT_INVALID', 'the content encoding');
  try {
    return await unpack(body, { maxOutputLength: UNPACKED });
  } catch {
    throw new Refused('INPUT_INVALID', 'the body cannot be unpacked, or is too long');
  }
}
