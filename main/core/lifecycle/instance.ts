/** The states of one instance (PRODUCT.md S2), as far as they concern a single process tree. */
import type { InstanceState } from '../../contract/server.ts';

export interface InstanceStanding {
  readonly state: InstanceState;
  /** Why, in a sentence; null while there is nothing to explain. */
  readonly reason: string | null;
}

export type InstanceEvent =
  | { readonly kind: 'answered' }
  | { readonly kind: 'silent'; readonly reason: string }
  | { readonly kind: 'stopping'; readonly reason: string }
  | { readonly kind: 'exited'; readonly reason: string };

export const STARTING: InstanceStanding = { state: 'starting', reason: null };

/** The next standing. What has ended stays ended, and an exit that was asked for is a stop, not a failure. */
export function instanceStanding(
  standing: InstanceStanding & { readonly stopping?: boolean },
  event: InstanceEvent,
): InstanceStanding & { readonly stopping?: boolean } {
  if (standing.state === 'stopped' || standing.state === 'failed') return standing;
  switch (event.kind) {
    case 'answered':
      return standing.stopping || standing.state === 'ready' ? standing : { state: 'ready', reason: null };
    case 'silent':
      return standing.stopping ? standing : { state: 'unhealthy', reason: event.reason };
    case 'stopping':
      return standing.stopping ? standing : { ...standing, reason: event.reason, stopping: true };
    case 'exited':
      return standing.stopping
        ? { state: 'stopped', reason: standing.reason }
        : { state: 'failed', reason: event.reason };
  }
}
