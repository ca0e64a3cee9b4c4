import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ErrorState, LoadingState } from '../ui/States.tsx';
import { refusalOf } from './refusal.ts';

/** The three states of everything that is read: coming, refused, there. What was read stays while it is read again. */
export function Await<Data>({
  query,
  rows = 4,
  children,
}: {
  query: UseQueryResult<Data>;
  rows?: number;
  children: (data: Data) => ReactNode;
}) {
  if (query.data !== undefined) return children(query.data);
  if (query.error !== null) return <ErrorState refusal={refusalOf(query.error)} onRetry={() => void query.refetch()} />;
  return <LoadingState rows={rows} />;
}
