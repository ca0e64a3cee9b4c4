/** Live updates: the daemon says what changed, the cache reads it again. */
import type { QueryClient } from '@tanstack/react-query';
import { staleTopics, type Topic } from './keys.ts';
import type { LiveLink } from './link.ts';

const GATHER_MS = 120;

/** Invalidates cached answers as the daemon announces changes, and all of them after each reconnect. Returns the way to stop. */
export function follow(link: LiveLink, cache: QueryClient): () => void {
  let stop = new AbortController();
  const pending = new Set<Topic>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  function flush(): void {
    timer = undefined;
    const topics = [...pending];
    pending.clear();
    for (const topic of topics) void cache.invalidateQueries({ queryKey: [topic] });
  }

  async function listen(signal: AbortSignal): Promise<void> {
    try {
      for await (const change of await link.client.daemon.changes(undefined, { signal })) {
        for (const topic of staleTopics(change.topic)) pending.add(topic);
        timer ??= setTimeout(flush, GATHER_MS);
      }
    } catch {
      // The connection ended: the next `open` starts over with everything stale.
    }
  }

  function begin(): void {
    stop.abort();
    stop = new AbortController();
    void cache.invalidateQueries();
    void listen(stop.signal);
  }

  const off = link.onState((state) => {
    if (state === 'open') begin();
  });
  if (link.state() === 'open') begin();
  return () => {
    off();
    stop.abort();
    clearTimeout(timer);
  };
}
