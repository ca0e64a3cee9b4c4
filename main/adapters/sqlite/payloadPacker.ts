/** Packing payloads on a thread. */
import { constants, createZstdCompress, type ZstdCompress } from 'node:zlib';
import { FASTEST, type PackedPayload, shorter } from './payloadBody.ts';

/** Null when it could not be packed. */
type Done = (packed: PackedPayload | null) => void;

/**
 * Packs one payload after the other, as `packPayload` does, with one compressor for all: to make one for each took the
 * caller's thread as long as to compress there, and the collector of garbage longer.
 */
export class PayloadPacker {
  #stream: ZstdCompress | null = null;
  #chunks: Buffer[] = [];

  /** Calls back in a later turn, in the order of the calls. The bytes must not be written until then. */
  pack(bytes: Uint8Array, done: Done): void {
    this.#stream ??= this.#open();
    const stream = this.#stream;
    stream.write(bytes);
    // Ends the frame, so that each payload is one of its own (RFC 8878, section 3.1).
    stream.flush(constants.ZSTD_e_end, (error?: Error | null) => {
      const chunks = this.#chunks;
      this.#chunks = [];
      // Destroyed in the middle of a frame, it calls back without an error.
      const whole = !error && !stream.destroyed;
      done(whole ? shorter(bytes, chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)) : null);
    });
  }

  /** What is under way is given up: whoever asked is told so. */
  close(): void {
    this.#stream?.destroy();
    this.#stream = null;
  }

  #open(): ZstdCompress {
    const stream = createZstdCompress(FASTEST);
    stream.on('data', (chunk: Buffer) => this.#chunks.push(chunk));
    stream.on('error', () => {
      // The next payload gets another one.
      if (this.#stream === stream) this.#stream = null;
      this.#chunks = [];
    });
    return stream;
  }
}
