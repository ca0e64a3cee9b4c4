/** The contract (`contract/api.ts`) over one stream: an inherited pipe of the app, or the control socket. */
import type { Duplex } from 'node:stream';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import type { Context, Router } from '@orpc/server';
import { RPCHandler } from '@orpc/server/message-port';
import type { Api } from '../../contract/api.ts';
import { Refused } from '../../contract/refusal.ts';
import { readRequest, readResponse } from './rpcMessage.ts';
import { rpcPort } from './rpcPort.ts';

/** One end that answers. */
export interface Door {
  /** Resolves once the stream is over; calls still running have been aborted through their `signal`. */
  readonly closed: Promise<void>;
  close(): void;
}

/** One end that calls. */
export interface OpenApi {
  readonly api: ContractRouterClient<Api>;
  /** Resolves once the stream is over; calls still waiting have been rejected. */
  readonly closed: Promise<void>;
  close(): void;
}

/**
 * Answers calls on a stream that has been through the handshake, or was inherited. `context` is what handlers know of
 * the caller. What handlers throw becomes an oRPC error; other faults reach the caller without their text.
 */
// biome-ignore lint/suspicious/noExplicitAny: a door serves a router of any contract
export function serveDoor<T extends Context>(stream: Duplex, router: Router<any, T>, context: T): Door {
  const port = rpcPort(stream, readRequest);
  // The handler's options depend on whether T may be left out, which stays open for a generic T: widen it.
  const handler = new RPCHandler<Context>(router);
  handler.upgrade(port, { context });
  return { closed: port.closed, close: () => port.close() };
}

/**
 * Calls the daemon on a stream. When the stream ends, calls that wait reject with `Refused('DAEMON_ABSENT')`,
 * and so does each later one; event iterators end the same way.
 */
export function openApi(stream: Duplex): OpenApi {
  const port = rpcPort(stream, readResponse);
  let over = false;
  port.addEventListener('close', () => {
    over = true;
  });
  const link = new RPCLink({
    port,
    interceptors: [
      async ({ next }) => {
        if (over) throw new Refused('DAEMON_ABSENT');
        try {
          return await next();
        } catch (error) {
          throw over ? new Refused('DAEMON_ABSENT') : error;
        }
      },
    ],
  });
  return { api: createORPCClient<ContractRouterClient<Api>>(link), closed: port.closed, close: () => port.close() };
}
