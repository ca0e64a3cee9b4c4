import { type AnyContractRouter, type ContractRouterClient, isContractProcedure } from '@orpc/contract';
import { type AnyRouter, implement, ORPCError, type Router } from '@orpc/server';
import { type Api, api, type OperationKind } from '../../contract/api.ts';
import { Refused, refusal } from '../../contract/refusal.ts';
import type { Offered } from './offered.ts';

/** The daemon as one door of it shows itself. */
export type DaemonLink = ContractRouterClient<Api>;

/** Called before an operation is passed on, with its path and its checked input; what it throws goes back instead. */
export type Watch = (path: string, input: unknown) => void | Promise<void>;

type Call = (input: unknown, options: { signal?: AbortSignal | undefined }) => Promise<unknown>;

/**
 * The operations a window is offered, checked against the contract on the way in and out, each passed on to the
 * daemon over the one link its door has; what is not offered does not exist for the window. The link is asked for at
 * every call, so that a window outlives a restart of the daemon.
 */
export function forwardRouter(link: () => DaemonLink, offered: Offered, watch: Watch = () => {}): Router<Api, object> {
  const forward = (contract: AnyContractRouter, path: readonly string[]): AnyRouter | undefined => {
    const name = path.join('.');
    if (isContractProcedure(contract)) {
      const { kind = 'loosening' } = contract['~orpc'].meta as { kind?: OperationKind };
      if (!offered(name, kind)) return undefined;
      return implement(contract).handler(async ({ input, signal }) => {
        try {
          await watch(name, input);
          return await callee(link(), path)(input, { signal });
        } catch (error) {
          throw wireError(error);
        }
      });
    }
    const entries = Object.entries(contract).flatMap(([key, part]) => {
      const router = forward(part, [...path, key]);
      return router === undefined ? [] : [[key, router] as const];
    });
    return Object.fromEntries(entries);
  };
  return forward(api, []) as Router<Api, object>;
}

/** The client's function for a path; clients are built of nested properties. */
function callee(link: DaemonLink, path: readonly string[]): Call {
  let part: unknown = link;
  for (const key of path) part = (part as Record<string, unknown>)[key];
  return part as Call;
}

/** The daemon's own errors go on as they are; what happened on the way is a refusal from the closed list. */
function wireError(error: unknown): ORPCError<string, unknown> {
  if (error instanceof ORPCError) return error;
  const value = error instanceof Refused ? error.refusal : refusal('INTERNAL');
  return new ORPCError(value.code, { message: value.message, data: value });
}
