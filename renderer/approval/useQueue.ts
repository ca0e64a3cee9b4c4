import { useCallback, useEffect, useRef, useState } from 'react';
import type { AskView } from '../../main/contract/ask.ts';
import type { DaemonStatus } from '../../main/contract/status.ts';
import type { Door, OpenDoor } from './door.ts';
import { advance, EMPTY, type Queue } from './queue.ts';

export interface Asking {
  readonly queue: Queue;
  /** Every ask that waits now. */
  readonly waiting: readonly AskView[];
  /** Null until the daemon answered, and again while it does not. */
  readonly door: Door | null;
  readonly status: DaemonStatus | null;
  /** Why there is no connection; null while there is or it is being made. */
  readonly lost: string | null;
  /** The ask in sight was answered from here: go on to the next. */
  answered(): Promise<void>;
}

const PAUSE_MS = 1000;

/** Follows the open asks, one in sight at a time; connects again when the door closes. */
export function useQueue(open: () => Promise<OpenDoor>): Asking {
  const [queue, setQueue] = useState<Queue>(EMPTY);
  const [waiting, setWaiting] = useState<readonly AskView[]>([]);
  const [door, setDoor] = useState<Door | null>(null);
  const [status, setStatus] = useState<DaemonStatus | null>(null);
  const [lost, setLost] = useState<string | null>(null);
  const current = useRef<Queue>(EMPTY);
  const mine = useRef<string | null>(null);

  const read = useCallback(async (client: Door): Promise<void> => {
    const [asks, now] = await Promise.all([client.asks.list({ open: true }), client.daemon.status()]);
    const before = current.current.current;
    const left = before !== null && !asks.some((ask) => ask.id === before.id);
    const gone = left ? await client.asks.get({ id: before.id }).catch(() => null) : null;
    current.current = advance(current.current, asks, gone, before !== null && mine.current === before.id);
    setStatus(now);
    setWaiting(asks);
    setQueue(current.current);
  }, []);

  useEffect(() => {
    const stop = new AbortController();
    const { signal } = stop;
    async function follow({ client, closed }: OpenDoor): Promise<void> {
      const over = closed.then(() => {
        throw new Error('The daemon ended the connection.');
      });
      const listen = async (): Promise<void> => {
        const changes = await client.daemon.changes(undefined, { signal });
        await read(client);
        // The client is callable: without the wrapping React would take it for an updater.
        setDoor(() => client);
        setLost(null);
        for await (const { topic } of changes) if (topic === 'asks' || topic === 'status') await read(client);
        throw new Error('The daemon stopped telling what changes.');
      };
      await Promise.race([over, listen()]);
    }
    async function run(): Promise<void> {
      while (!signal.aborted) {
        try {
          await follow(await open());
        } catch (error) {
          if (signal.aborted) return;
          current.current = EMPTY;
          setQueue(EMPTY);
          setWaiting([]);
          setDoor(null);
          setLost(error instanceof Error ? error.message : String(error));
        }
        await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      }
    }
    void run();
    return () => stop.abort();
  }, [open, read]);

  const answered = useCallback(async () => {
    mine.current = current.current.current?.id ?? null;
    if (door !== null) await read(door).catch(() => {});
  }, [door, read]);

  return { queue, waiting, door, status, lost, answered };
}
