import type { PackageNews } from '../../main/contract/package.ts';
import type { Link } from './link.ts';

/** How far a look-up is. */
export type LookUpProgress = Extract<PackageNews, { kind: 'progress' }>;

/** Where every look-up begins. */
export const LOOK_UP_BEGINS: LookUpProgress = { kind: 'progress', step: 'package', answers: 0 };

/**
 * Asks the registry about a server's package; `tell` hears how far it is. Gives why the package cannot run from the
 * store, in a sentence, or null when it can; `checked` is false where no registry answered. Rejects when the daemon
 * refuses or `signal` ends it.
 */
export async function lookUp(
  link: Link,
  wishes: { readonly server: string; readonly fresh?: boolean; readonly scripts?: string[] },
  { tell, signal }: { readonly tell: (progress: LookUpProgress) => void; readonly signal: AbortSignal },
): Promise<{ readonly checked: boolean; readonly notPinned: string | null }> {
  let found: Extract<PackageNews, { kind: 'truth' }> | null = null;
  for await (const news of await link.packages.prepare(wishes, { signal })) {
    signal.throwIfAborted();
    if (news.kind === 'progress') tell(news);
    else found = news;
  }
  return { checked: found !== null && found.truth.version !== null, notPinned: found?.notPinned ?? null };
}
