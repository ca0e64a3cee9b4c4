import { duplexPair, PassThrough } from 'node:stream';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FRAME_LIMIT, framed } from './frames.ts';

function heard() {
  const messages: Buffer[] = [];
  const { promise, resolve } = Promise.withResolvers<string | undefined>();
  return {
    messages,
    closed: promise,
    message: (bytes: Buffer) => void messages.push(Buffer.from(bytes)),
    close: (fault?: string) => resolve(fault),
  };
}

test('messages arrive whole and in order, however the stream is cut', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 10 }),
      fc.infiniteStream(fc.integer({ min: 1, max: 50 })),
      async (messages, sizes) => {
        const wire = new PassThrough();
        const written: Buffer[] = [];
        wire.on('data', (chunk) => written.push(chunk));
        const out = framed(wire, { message: () => {}, close: () => {} });
        for (const message of messages) out.send(message);
        out.end();
        const bytes = await new Promise<Buffer>((resolve) => wire.on('end', () => resolve(Buffer.concat(written))));

        const cut = new PassThrough();
        const listener = heard();
        framed(cut, listener);
        for (let at = 0; at < bytes.length; ) {
          const size = sizes.next().value as number;
          cut.write(bytes.subarray(at, at + size));
          at += size;
        }
        cut.end();
        expect(await listener.closed).toBeUndefined();
        expect(listener.messages).toEqual(messages.map((message) => Buffer.from(message)));
      },
    ),
    { numRuns: 50 },
  );
});

test('a length over the limit ends the stream before anything is held', async () => {
  const [near, far] = duplexPair();
  const listener = heard();
  framed(far, listener);
  near.write(Buffer.from([0x04, 0, 0, 1]));
  expect(await listener.closed).toMatch(/over the limit/);
  expect(far.destroyed).toBe(true);
  expect(() => framed(near, heard()).send(Buffer.alloc(FRAME_LIMIT + 1))).toThrow(RangeError);
});

test('an end inside a message is a fault, one between messages is not', async () => {
  for (const [bytes, fault] of [
    [[0, 0], /inside a message/],
    [[0, 0, 0, 2, 1], /inside a message/],
  ] as const) {
    const [near, far] = duplexPair();
    const listener = heard();
    framed(far, listener);
    near.end(Buffer.from(bytes));
    expect(await listener.closed).toMatch(fault);
  }
});

test('a writer is told to wait for a slow reader, and goes on when it has read', async () => {
  const [near, far] = duplexPair({ highWaterMark: 1024 });
  const out = framed(near, heard());
  expect(out.send(Buffer.alloc(10_000))).toBe(false);
  let drained = false;
  const waiting = out.drained().then(() => {
    drained = true;
  });
  expect(drained).toBe(false);
  const listener = heard();
  framed(far, listener);
  await waiting;
  expect(listener.messages).toHaveLength(1);
});
