import type { WebSocket } from 'ws';
import { readRequest } from '../socket/rpcMessage.ts';
import type { RpcPort } from '../socket/rpcPort.ts';

/** Bytes that may wait for a browser which reads too slowly. */
const QUEUE_LIMIT = 64 * 1024 * 1024;
/** WebSocket close codes (RFC 6455, 7.4.1). */
const POLICY_VIOLATION = 1008;
const GOING_AWAY = 1001;

/** A browser's WebSocket in the shape of a message port; a message that is no request of ours ends it. */
export function webSocketPort(socket: WebSocket): RpcPort {
  const onMessage: ((event: { data: object }) => void)[] = [];
  const onClose: (() => void)[] = [];
  const { promise: closed, resolve: settle } = Promise.withResolvers<void>();

  socket.on('message', (bytes, isBinary) => {
    const data = isBinary || !Buffer.isBuffer(bytes) ? undefined : readRequest(bytes);
    if (data === undefined) socket.close(POLICY_VIOLATION, 'not a request');
    else for (const listener of onMessage) listener({ data });
  });
  socket.on('close', () => {
    for (const listener of onClose) listener();
    settle();
  });
  socket.on('error', () => socket.terminate());

  return {
    closed,
    addEventListener(type, listener) {
      if (type === 'message') onMessage.push(listener);
      if (type === 'close') onClose.push(listener as unknown as () => void);
    },
    postMessage(data) {
      if (socket.readyState !== socket.OPEN) return;
      if (typeof data !== 'string' || socket.bufferedAmount > QUEUE_LIMIT) socket.terminate();
      else socket.send(data);
    },
    close: () => socket.close(GOING_AWAY),
  };
}
