/** What the daemon and the process that speaks to registries say to each other. */
import type { LaunchPackage, PackageNews } from '../../contract/package.ts';
import type { Refusal } from '../../contract/refusal.ts';
import type { Installation, LookedUp } from '../../services/packages/ports.ts';

/** `cache` is npm's own; `home` is an empty folder for this job alone. */
export type Job = { readonly cache: string; readonly home: string } & (
  | { readonly kind: 'look'; readonly wanted: LaunchPackage; readonly program: string | null }
  | { readonly kind: 'install'; readonly installation: Installation }
);

export type Word =
  | Extract<PackageNews, { kind: 'progress' }>
  | { readonly kind: 'looked'; readonly looked: LookedUp }
  | { readonly kind: 'installed' }
  | { readonly kind: 'refused'; readonly refusal: Refusal };
