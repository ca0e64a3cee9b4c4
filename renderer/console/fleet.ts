/** The collector that served this page; who is signed in is known by a cookie that no script can read. */
import { createORPCClient } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import { OpenAPILink } from '@orpc/openapi-client/fetch';
import { QueryClient, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { type CollectorApi, collectorApi } from '../../main/contract/collector.ts';
import { refusalOf } from '../link/refusal.ts';

const link = new OpenAPILink(collectorApi, { url: new URL('/v1', location.href).href });
export const fleet: ContractRouterClient<CollectorApi> = createORPCClient(link);

/** How often what is shown is looked at again, milliseconds. */
const AGAIN_MS = 5000;

export const queries = new QueryClient({
  defaultOptions: {
    // What was refused stays refused; a lost connection is tried again with the next look.
    queries: { retry: false, refetchInterval: AGAIN_MS, refetchOnWindowFocus: true },
  },
});

/** Who is signed in; null when nobody is. */
export function useOperator() {
  return useQuery({
    queryKey: ['session'],
    refetchInterval: false,
    queryFn: () =>
      fleet.session.get().catch((error: unknown) => {
        if (refusalOf(error).code === 'SIGN_IN_NEEDED') return null;
        throw error;
      }),
  });
}

export function useDevices() {
  return useQuery({ queryKey: ['devices'], queryFn: () => fleet.fleet.devices() });
}

export function useBreaks() {
  return useQuery({ queryKey: ['breaks'], queryFn: () => fleet.fleet.breaks() });
}

export interface Search {
  readonly words: string;
  readonly device: string;
  readonly decision: '' | 'allow' | 'ask' | 'deny';
}

/** Pages of what was found, newest first. */
export function useRecords({ words, device, decision }: Search) {
  const records = useInfiniteQuery({
    queryKey: ['records', words, device, decision],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      fleet.fleet.search({
        limit: 100,
        ...(words !== '' && { words }),
        ...(device !== '' && { device }),
        ...(decision !== '' && { decision }),
        ...(pageParam !== undefined && { cursor: pageParam }),
      }),
    getNextPageParam: ({ next }) => next ?? undefined,
    // Whoever has gone on to older ones reads them: new ones would move the rows away.
    refetchInterval: ({ state }) => ((state.data?.pages.length ?? 0) > 1 ? false : AGAIN_MS),
  });
  const { data, hasNextPage, isFetching, isError, fetchNextPage } = records;
  const none = data?.pages.every((page) => page.records.length === 0) ?? false;
  // A page without records says how far was looked; only behind the last one is there nothing.
  const looksOn = none && hasNextPage && !isError;
  useEffect(() => {
    if (looksOn && !isFetching) void fetchNextPage();
  }, [looksOn, isFetching, fetchNextPage]);
  return { ...records, looksOn };
}
