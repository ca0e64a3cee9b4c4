/** What the daemon and the process that speaks to registries say to each other. */
import type { LaunchPackage, PackageNews } from '../../contract/package.ts';
import type { Refusal } from '../../contract/refusal.ts';
import type { Installation, LookedUp } from '../../services/packages/ports.ts';

/** `home` is an empty folder for this job alone; `cache` is npm's own, for archives whose hashes are known. */
export type Job = { readonly home: string } & (
  | { readonly kind: 'look'; readonly wanted: LaunchPackage; readonly program: string | null }
  | { readonly kind: 'install'; readonly installation: Installation; readonly cache: string }
);

export type Word =
  | Extract<PackageNews, { kind: 'progress' }>
  | { readonly kind: 'looked'; readonly looked: LookedUp }
  | { readonly kind: 'installed' }
  | { readonly kind: 'refused'; readonly refusal: Refusal };
