/** A framed stream in the shape of a message port, as oRPC's message-port adapter takes it. */
import type { Duplex } from 'node:stream';
import { FRAME_LIMIT, framed } from './frames.ts';

/** The part of `MessagePort` that the adapter uses. */
export interface RpcPort {
  // biome-ignore lint/suspicious/noExplicitAny: as `MessagePort` declares its listeners
  addEventListener(type: string, listener: any): void;
  postMessage(data: unknown): void;
  close(): void;
  /** Resolves once the stream is over, for whatever reason. */
  readonly closed: Promise<void>;
}

/**
 * Takes a stream over. `read` turns a message into what oRPC may see, or undefined, which ends the stream: who sends
 * one malformed message is not trusted with a second. So does an end that reads so slowly that 64 MiB wait for it.
 */
export function rpcPort(stream: Duplex, read: (bytes: Buffer) => object | undefined): RpcPort {
  const onMessage: ((event: { data: object }) => void)[] = [];
  const onClose: (() => void)[] = [];
  const { promise: closed, resolve: settle } = Promise.withResolvers<void>();
  let over = false;

  const frames = framed(stream, {
    message(bytes) {
      const data = read(bytes);
      if (data === undefined) frames.destroy();
      else for (const listener of onMessage) listener({ data });
    },
    close() {
      over = true;
      for (const listener of onClose) listener();
      settle();
    },
  });

  return {
    closed,
    addEventListener(type, listener) {
      if (type === 'message') onMessage.push(listener);
      if (type === 'close') onClose.push(listener);
    },
    postMessage(data) {
      if (over) return;
      const bytes = Buffer.from(typeof data === 'string' ? data : '', 'utf8');
      if (bytes.length === 0 || bytes.length > FRAME_LIMIT || frames.queued() > FRAME_LIMIT) frames.destroy();
      else frames.send(bytes);
    },
    close: () => frames.end(),
  };
}
