/**
 * The prompt's own way to the daemon: the port of its window, or a WebSocket with the approval page's own token.
 * It shares nothing with the main window's link, so that this page stays small enough to be read whole.
 */
import { type ClientContext, type ClientLink, createORPCClient } from '@orpc/client';
import { RPCLink as PortLink } from '@orpc/client/message-port';
import { RPCLink as SocketLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import type { Api } from '../../main/contract/api.ts';
import { type Bridge, PORT_MESSAGE } from '../../main/contract/bridge.ts';
import { SUBPROTOCOL_PREFIX } from '../../main/contract/web.ts';

export type Door = Pick<ContractRouterClient<Api>, 'asks' | 'daemon' | 'passcode' | 'proof' | 'servers'>;

/** One open door; `closed` resolves when it is over. */
export interface OpenDoor {
  readonly client: Door;
  readonly closed: Promise<void>;
}

declare global {
  interface Window {
    readonly countersign?: Bridge;
  }
}

/** Where the prompt is: in the app's own window, or a page of the web shell, which always needs the passcode. */
export type Where = 'window' | 'browser';

/** Returns a way to open the door; each call opens anew. Rejects when the daemon is not there or the session is over. */
export function doorway(): { readonly where: Where; open(): Promise<OpenDoor> } {
  const bridge = window.countersign;
  if (bridge !== undefined) return { where: 'window', open: () => openPort(bridge) };
  const code = takeCode();
  let token: string | undefined;
  return {
    where: 'browser',
    async open() {
      token ??= await exchange(code);
      return openSocket(token);
    },
  };
}

const doorOver = (link: ClientLink<ClientContext>): Door => createORPCClient<ContractRouterClient<Api>>(link);

function openPort(bridge: Bridge): Promise<OpenDoor> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      window.removeEventListener('message', take);
      reject(new Error('no port came'));
    }, 5000);
    function take(event: MessageEvent): void {
      const [port] = event.ports;
      if (event.source !== window || event.data !== PORT_MESSAGE || port === undefined) return;
      clearTimeout(timer);
      window.removeEventListener('message', take);
      const closed = new Promise<void>((over) => port.addEventListener('close', () => over()));
      const client = doorOver(new PortLink({ port }));
      port.start();
      resolve({ client, closed });
    }
    window.addEventListener('message', take);
    bridge.connect();
  });
}

function takeCode(): string {
  const code = location.hash.slice(1);
  history.replaceState(null, '', location.pathname);
  return code;
}

async function exchange(code: string): Promise<string> {
  const response = await fetch('/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ code }),
    cache: 'no-store',
  });
  if (!response.ok) throw new Error('The one-time link was used or is too old.');
  const { token } = (await response.json()) as { token: string };
  return token;
}

function openSocket(token: string): Promise<OpenDoor> {
  const scheme = location.protocol === 'https:' ? 'wss:' : 'ws:';
  const websocket = new WebSocket(`${scheme}//${location.host}/link`, `${SUBPROTOCOL_PREFIX}${token}`);
  const closed = new Promise<void>((over) => websocket.addEventListener('close', () => over(), { once: true }));
  const client = doorOver(new SocketLink({ websocket }));
  return new Promise((resolve, reject) => {
    websocket.addEventListener('open', () => resolve({ client, closed }), { once: true });
    websocket.addEventListener('close', () => reject(new Error('the connection was refused')), { once: true });
  });
}
