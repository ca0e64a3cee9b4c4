/** Asking registries about the packages of several servers, before anybody is asked to agree to them. */
import { type RefObject, useEffect, useRef, useState } from 'react';
import { refusalText } from '../../../main/contract/errors.ts';
import type { LaunchReview } from '../../../main/contract/launch.ts';
import type { Link } from '../../link/link.ts';
import { LOOK_UP_BEGINS, type LookUpProgress, lookUp } from '../../link/lookUp.ts';
import { refusalOf } from '../../link/refusal.ts';

export interface PackageLook {
  readonly server: string;
  /** As its line names it. */
  readonly name: string;
  /** Null once it has ended. */
  readonly progress: LookUpProgress | null;
  /** Why it is not held to one version; null when it is. */
  readonly why: string | null;
}

export interface PackageLooks {
  readonly looks: readonly PackageLook[];
  /** The servers' reviews, each package looked up where nobody has yet; null when the way was left meanwhile. */
  review(link: Link, servers: readonly string[]): Promise<LaunchReview[] | null>;
  /** Goes on without the answers that are still to come. */
  skip(): void;
  reset(): void;
}

const unchecked = (why: string) => `could not be checked: ${why}`;
const SKIPPED = 'you went on without its registry’s answer';

export function usePackageLooks(): PackageLooks {
  const [looks, setLooks] = useState<readonly PackageLook[]>([]);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => leave(running), []);
  const put = (server: string, change: Partial<PackageLook>) =>
    setLooks((now) => now.map((one) => (one.server === server ? { ...one, ...change } : one)));

  async function look(link: Link, server: string, signal: AbortSignal): Promise<LaunchReview> {
    const tell = (progress: LookUpProgress) => put(server, { progress });
    const why = await lookUp(link, { server }, { tell, signal }).then(
      ({ checked, notPinned }) => (checked ? notPinned : unchecked(notPinned ?? 'its registry said nothing')),
      (error) => unchecked(signal.aborted ? SKIPPED : refusalText(refusalOf(error))),
    );
    put(server, { progress: null, why });
    return link.servers.review({ server });
  }

  return {
    looks,
    async review(link, servers) {
      const own = new AbortController();
      running.current = own;
      const known = await Promise.all(servers.map((server) => link.servers.review({ server })));
      const open = known.filter(({ truth, consent }) => truth === null && consent !== 'given');
      setLooks(
        open.flatMap(({ server, package: named }) =>
          named === null ? [] : [{ server, name: named.name, progress: LOOK_UP_BEGINS, why: null }],
        ),
      );
      const reviews = await Promise.all(
        known.map((one) => (one.package !== null && open.includes(one) ? look(link, one.server, own.signal) : one)),
      );
      return running.current === own ? reviews : null;
    },
    skip: () => running.current?.abort(),
    reset: () => {
      leave(running);
      setLooks([]);
    },
  };
}

/** Ends what runs, and whatever it would have led to. */
function leave(running: RefObject<AbortController | null>): void {
  running.current?.abort();
  running.current = null;
}
