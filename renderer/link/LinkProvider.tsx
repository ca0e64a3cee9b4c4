import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useState, useSyncExternalStore } from 'react';
import { follow } from './follow.ts';
import type { Link, LinkState, LiveLink } from './link.ts';

const LinkContext = createContext<LiveLink | null>(null);

/** Gives a link and its cache to everything inside. */
export function LinkProvider({ link, children }: { link: LiveLink; children: ReactNode }) {
  const [cache] = useState(
    () =>
      new QueryClient({
        defaultOptions: {
          queries: {
            retry: false,
            staleTime: Number.POSITIVE_INFINITY,
            refetchOnWindowFocus: false,
            networkMode: 'always',
          },
          mutations: { retry: false, networkMode: 'always' },
        },
      }),
  );
  useEffect(() => follow(link, cache), [link, cache]);
  return (
    <LinkContext.Provider value={link}>
      <QueryClientProvider client={cache}>{children}</QueryClientProvider>
    </LinkContext.Provider>
  );
}

/** The link of this page. */
export function useLiveLink(): LiveLink {
  const link = useContext(LinkContext);
  if (link === null) throw new Error('useLiveLink outside LinkProvider');
  return link;
}

/** The client to call the daemon with. */
export function useLink(): Link {
  return useLiveLink().client;
}

/** Whether the daemon answers now. */
export function useLinkState(): LinkState {
  const link = useLiveLink();
  return useSyncExternalStore(
    (changed) => link.onState(changed),
    () => link.state(),
  );
}
