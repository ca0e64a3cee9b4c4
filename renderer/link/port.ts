/** The app window's transport: a MessagePort that the preload script hands over when asked. */
import { RPCLink } from '@orpc/client/message-port';
import { type Bridge, PORT_MESSAGE } from '../../main/contract/bridge.ts';
import type { Transport } from './reconnecting.ts';

declare global {
  interface Window {
    readonly countersign?: Bridge;
  }
}

const PATIENCE_MS = 5000;

/** Asks the bridge for a port and speaks oRPC over it. Rejects when no port comes in time. */
export async function openPort(bridge: Bridge): Promise<Transport> {
  const port = await receivePort(bridge);
  const closed = new Promise<void>((resolve) => port.addEventListener('close', () => resolve()));
  const link = new RPCLink({ port });
  port.start();
  return { link, closed };
}

function receivePort(bridge: Bridge): Promise<MessagePort> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => finish(() => reject(new Error('no port came'))), PATIENCE_MS);
    function finish(then: () => void): void {
      clearTimeout(timer);
      window.removeEventListener('message', take);
      then();
    }
    function take(event: MessageEvent): void {
      const [port] = event.ports;
      if (event.source !== window || event.data !== PORT_MESSAGE || port === undefined) return;
      finish(() => resolve(port));
    }
    window.addEventListener('message', take);
    bridge.connect();
  });
}
