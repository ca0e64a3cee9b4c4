import type { Context, Router } from '@orpc/server';
import { RPCHandler } from '@orpc/server/message-port';
import type { RpcPort } from '../socket/rpcPort.ts';

/** Answers calls that come through one browser's port; `context` is what handlers know of the caller. */
// biome-ignore lint/suspicious/noExplicitAny: a door serves a router of any contract
export function serveWebDoor<T extends Context>(port: RpcPort, router: Router<any, T>, context: T): void {
  // The handler's options depend on whether T may be left out, which stays open for a generic T: widen it.
  const handler = new RPCHandler<Context>(router);
  handler.upgrade(port, { context });
}
