import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { SUBPROTOCOL_PREFIX } from '../../contract/web.ts';
import type { RpcPort } from '../socket/rpcPort.ts';
import { originIsOurs } from './guards.ts';
import type { Page, Passes } from './passes.ts';
import { webSocketPort } from './webSocketPort.ts';

/** Bytes of one message from a browser at most. */
const MESSAGE_LIMIT = 4 * 1024 * 1024;

export interface UpgradeParts {
  readonly passes: Passes;
  readonly port: () => number;
  /** Whether approval pages exist here now. */
  readonly mayApprove: () => boolean;
  /** Takes a browser's connection over. */
  readonly door: (port: RpcPort, page: Page) => void;
}

/** Lets WebSockets in at `/link`: our own Origin, and a token as subprotocol. `close` ends those that are open. */
export function acceptUpgrades(parts: UpgradeParts) {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MESSAGE_LIMIT,
    handleProtocols: (offered) => [...offered][0] ?? false,
  });
  return {
    upgrade(request: IncomingMessage, stream: Duplex, head: Buffer) {
      const page = admitted(request, parts);
      if (page === null)
        return void stream.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      sockets.handleUpgrade(request, stream, head, (socket) => parts.door(webSocketPort(socket), page));
    },
    close() {
      for (const socket of sockets.clients) socket.terminate();
    },
  };
}

function admitted({ headers, url }: IncomingMessage, { passes, port, mayApprove }: UpgradeParts): Page | null {
  if (url !== '/link' || !originIsOurs(headers.origin, headers.host, port())) return null;
  const offered = headers['sec-websocket-protocol'] ?? '';
  if (!offered.startsWith(SUBPROTOCOL_PREFIX) || offered.includes(',')) return null;
  const page = passes.pageOf(offered.slice(SUBPROTOCOL_PREFIX.length));
  return page === 'approval' && !mayApprove() ? null : page;
}
