import type { Router } from '@orpc/server';
import { RPCHandler } from '@orpc/server/message-port';
import { MessageChannelMain, type WebContents } from 'electron';
import { z } from 'zod';
import type { Api } from '../../contract/api.ts';
import { CONNECT_CHANNEL, PORT_MESSAGE } from '../../contract/bridge.ts';
import { listen, type Sender } from './guardedIpc.ts';

/** A window's way to the daemon. */
export interface WindowDoor {
  /** Ends the current link, so that the page connects anew. */
  close(): void;
}

/**
 * Gives the page a fresh MessagePort each time it asks, with the router behind it; an older port of the same window is
 * closed first. `ready` is waited for, so that a page that connects while the daemon starts is simply answered later.
 */
export function openWindowDoor(sender: Sender, router: Router<Api, object>, ready: () => Promise<void>): WindowDoor {
  const handler = new RPCHandler(router);
  let open: { close(): void } | null = null;
  let turn = 0;
  const close = () => {
    open?.close();
    open = null;
  };
  const connect = async (contents: WebContents) => {
    turn += 1;
    const mine = turn;
    close();
    await ready();
    if (mine !== turn || contents.isDestroyed()) return;
    const { port1, port2 } = new MessageChannelMain();
    handler.upgrade(port1, { context: {} });
    port1.start();
    open = port1;
    contents.mainFrame.postMessage(PORT_MESSAGE, null, [port2]);
  };
  const stop = listen(CONNECT_CHANNEL, sender, z.tuple([]), () => void connect(sender.contents));
  sender.contents.once('destroyed', () => {
    stop();
    close();
  });
  return { close };
}
