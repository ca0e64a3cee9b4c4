/** Reading the handshake's lines off a stream without losing a byte of what comes after them. */
import { Buffer } from 'node:buffer';
import type { Duplex } from 'node:stream';
import { Refused } from '../../contract/refusal.ts';

/** A handshake line is never longer, in bytes. */
const LINE_LIMIT = 65_536;

/**
 * Resolves with the next line as parsed JSON. The stream is left paused, with everything after the line put back,
 * so that whoever comes next attaches listeners and then calls `resume()`.
 * Rejects with `Refused('HANDSHAKE_FAILED')` on silence, a line over 64 KiB, the end of the stream, or what is no JSON object.
 */
export function nextLine(stream: Duplex, timeoutMs: number): Promise<Readonly<Record<string, unknown>>> {
  return new Promise((resolve, reject) => {
    let held: Buffer = Buffer.alloc(0);
    const timer = setTimeout(() => fail(`nothing came within ${timeoutMs} ms`), timeoutMs);

    const settle = () => {
      clearTimeout(timer);
      stream.pause();
      stream.off('data', onData).off('end', onEnd).off('close', onEnd).off('error', onEnd);
    };
    const fail = (why: string) => {
      settle();
      reject(new Refused('HANDSHAKE_FAILED', why));
    };
    const onEnd = () => fail('the other end closed the connection');
    const onData = (chunk: Buffer) => {
      held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
      const end = held.indexOf(0x0a);
      if (end > LINE_LIMIT || (end < 0 && held.length > LINE_LIMIT)) return fail('a line is longer than 64 KiB');
      if (end < 0) return;
      settle();
      const rest = held.subarray(end + 1);
      if (rest.length > 0) stream.unshift(rest);
      const value = parsed(held.subarray(0, end));
      if (value === undefined) reject(new Refused('HANDSHAKE_FAILED', 'a line is not a JSON object'));
      else resolve(value);
    };

    if (stream.destroyed || stream.readableEnded) return onEnd();
    stream.on('data', onData).on('end', onEnd).on('close', onEnd).on('error', onEnd);
    stream.resume();
  });
}

/** Writes one line; a stream that is gone is noticed by who reads next. */
export function sendLine(stream: Duplex, value: object): void {
  if (stream.writable) stream.write(`${JSON.stringify(value)}\n`);
}

function parsed(line: Buffer): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(line.toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
