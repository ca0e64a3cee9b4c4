/** Reading a request's body: bounded before it is read, and again before it is unpacked. */
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { gunzip, zstdDecompress } from 'node:zlib';
import { BATCH_BYTES } from '../../main/contract/collector.ts';
import { Refused } from '../../main/contract/refusal.ts';

/** A batch of the largest size, as JSON with base64 in it. */
const UNPACKED = 2 * BATCH_BYTES;
/** Handed over at once: for each chunk the work changes threads. */
const CHUNK = 512 * 1024;

type Unpack = (bytes: Buffer, options: { maxOutputLength: number; chunkSize: number }) => Promise<Buffer>;
const UNPACK: Readonly<Record<string, Unpack>> = {
  gzip: promisify(gunzip),
  zstd: promisify(zstdDecompress),
};

/** The bytes as they were sent. Throws `Refused('INPUT_INVALID')` when there are more than so many. */
export async function readBody(request: IncomingMessage, most: number): Promise<Buffer> {
  const tooLong = new Refused('INPUT_INVALID', 'the body is too long');
  if (Number(request.headers['content-length']) > most) throw tooLong;
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > most) throw tooLong;
      chunks.push(chunk);
    }
  } catch (error) {
    // Whoever goes away in the middle is no fault of ours.
    throw error === tooLong ? error : new Refused('INPUT_INVALID', 'the body ended early');
  }
  return Buffer.concat(chunks);
}

/** The bytes as they were before compression. Throws `Refused('INPUT_INVALID')`. */
export async function unpackBody(body: Buffer, encoding: string | undefined): Promise<Buffer> {
  if (encoding === undefined) return body;
  const unpack = UNPACK[encoding];
  if (unpack === undefined) throw new Refused('INPUT_INVALID', 'the content encoding');
  try {
    return await unpack(body, { maxOutputLength: UNPACKED, chunkSize: CHUNK });
  } catch {
    throw new Refused('INPUT_INVALID', 'the body cannot be unpacked, or is too long');
  }
}

/** What the bytes say; undefined for none. Throws for what is no JSON, or does not say that it is. */
export function readJson(bytes: Buffer, headers: IncomingHttpHeaders): unknown {
  if (bytes.length === 0) return undefined;
  if (headers['content-type']?.startsWith('application/json') !== true) throw new TypeError('The content type.');
  return JSON.parse(bytes.toString());
}
