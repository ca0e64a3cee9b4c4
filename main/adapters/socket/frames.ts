/** Whole messages over a byte stream: four bytes of length, big-endian, then that many bytes. */
import type { Duplex } from 'node:stream';

/** No message is longer, in bytes. */
export const FRAME_LIMIT = 64 * 1024 * 1024;

export interface Framed {
  /**
   * Queues one message; false means that the other end reads slower than we write: wait for `drained`.
   * After the end of the stream it does nothing. Throws RangeError for more than 64 MiB.
   */
  send(message: Uint8Array): boolean;
  /** Resolves when what was queued has been handed to the operating system, or the stream is over. */
  drained(): Promise<void>;
  /** Bytes queued and not yet handed over. */
  queued(): number;
  /** Ends our direction once everything queued is written; the other end's last messages still arrive. */
  end(): void;
  /** Stops at once. */
  destroy(): void;
}

export interface FrameListener {
  message(bytes: Buffer): void;
  /** Called once, when nothing more will arrive; `fault` is set when the other end broke the framing. */
  close(fault?: string): void;
}

/** Reads and writes messages on a stream, which it takes over and starts. Faults end the stream; nothing is thrown later. */
export function framed(stream: Duplex, listener: FrameListener): Framed {
  let chunks: Buffer[] = [];
  let held = 0;
  let wanted = -1;
  let open = true;

  const close = (fault?: string) => {
    if (!open) return;
    open = false;
    chunks = [];
    listener.close(fault);
    if (fault !== undefined) stream.destroy();
    else if (!stream.writableEnded) stream.end();
  };

  const take = (length: number): Buffer => {
    const joined = chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks, held);
    held -= length;
    chunks = held > 0 ? [joined.subarray(length)] : [];
    return joined.subarray(0, length);
  };

  stream.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    held += chunk.length;
    while (open) {
      if (wanted < 0) {
        if (held < 4) return;
        wanted = take(4).readUInt32BE(0);
        if (wanted > FRAME_LIMIT) return close(`a message of ${wanted} bytes is over the limit`);
      }
      if (held < wanted) return;
      const message = take(wanted);
      wanted = -1;
      listener.message(message);
    }
  });
  stream.on('end', () => close(held > 0 || wanted >= 0 ? 'the stream ended inside a message' : undefined));
  stream.on('close', () => close());
  stream.on('error', () => close());
  if (stream.destroyed || stream.readableEnded) queueMicrotask(() => close());
  stream.resume();

  return {
    send(message) {
      if (message.length > FRAME_LIMIT) throw new RangeError(`a message of ${message.length} bytes is over the limit`);
      if (!stream.writable) return true;
      const header = Buffer.allocUnsafe(4);
      header.writeUInt32BE(message.length);
      stream.cork();
      stream.write(header);
      const ready = stream.write(message);
      stream.uncork();
      return ready;
    },
    drained() {
      if (!stream.writable || !stream.writableNeedDrain) return Promise.resolve();
      return new Promise((resolve) => {
        const done = () => {
          stream.off('drain', done).off('close', done);
          resolve();
        };
        stream.on('drain', done).on('close', done);
      });
    },
    queued: () => stream.writableLength,
    end: () => void stream.end(),
    destroy: () => void stream.destroy(),
  };
}
