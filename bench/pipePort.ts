import type { Duplex } from 'node:stream';

/** A length-prefixed pipe (four bytes, big-endian) as oRPC's message-port client takes it. Text messages only. */
export function pipePort(pipe: Duplex) {
  // biome-ignore lint/suspicious/noExplicitAny: as `MessagePort` declares its listeners
  const listeners: Record<string, ((event: any) => void)[]> = { message: [], close: [] };
  let held: Buffer = Buffer.alloc(0);
  pipe.on('data', (chunk: Buffer) => {
    held = Buffer.concat([held, chunk]);
    while (held.length >= 4 && held.length >= 4 + held.readUInt32BE(0)) {
      const end = 4 + held.readUInt32BE(0);
      const data: unknown = JSON.parse(held.toString('utf8', 4, end));
      held = held.subarray(end);
      for (const listener of listeners.message ?? []) listener({ data });
    }
  });
  pipe.on('error', () => {});
  pipe.on('close', () => {
    for (const listener of listeners.close ?? []) listener({});
  });
  return {
    // biome-ignore lint/suspicious/noExplicitAny: as above
    addEventListener: (type: string, listener: any) => void listeners[type]?.push(listener),
    postMessage(data: unknown) {
      const bytes = Buffer.from(String(data), 'utf8');
      const head = Buffer.alloc(4);
      head.writeUInt32BE(bytes.length);
      pipe.write(Buffer.concat([head, bytes]));
    },
  };
}
