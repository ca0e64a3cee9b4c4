/** Keeps one transport open: connects, notices the end, tries again with growing pauses. */
import { type ClientContext, type ClientLink, createORPCClient } from '@orpc/client';
import type { Link, LinkKind, LinkState, LiveLink } from './link.ts';

/** One connection: where calls go, and a promise that resolves when it is over. */
export interface Transport {
  readonly link: ClientLink<ClientContext>;
  readonly closed: Promise<void>;
}

/** Thrown by `open` when no further attempt can succeed. */
export class LinkEnded extends Error {}

const PAUSES_MS = [250, 500, 1000, 2000, 5000];

/** Opens a link over whatever `open` connects. Starts at once. */
export function reconnecting(kind: LinkKind, open: () => Promise<Transport>): LiveLink {
  const listeners = new Set<(state: LinkState) => void>();
  let state: LinkState = 'connecting';
  let current = Promise.withResolvers<Transport>();
  let wake = (): void => {};

  function become(next: LinkState): void {
    if (next === state) return;
    state = next;
    for (const listener of listeners) listener(next);
  }

  async function run(): Promise<void> {
    for (let failures = 0; ; ) {
      try {
        const transport = await open();
        failures = 0;
        current.resolve(transport);
        become('open');
        await transport.closed;
        current = Promise.withResolvers();
        become('lost');
      } catch (error) {
        if (error instanceof LinkEnded) {
          current.reject(error);
          become('ended');
          return;
        }
        become('lost');
        failures += 1;
      }
      const pause = PAUSES_MS[Math.min(failures, PAUSES_MS.length - 1)] ?? 1000;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, pause);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }
  current.promise.catch(() => {});
  void run();

  const client: Link = createORPCClient({
    call: async (path, input, options) => (await current.promise).link.call(path, input, options),
  });
  return {
    kind,
    client,
    state: () => state,
    onState(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    retry: () => wake(),
  };
}
