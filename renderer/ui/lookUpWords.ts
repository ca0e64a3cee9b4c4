import type { PackageNews } from '../../main/contract/package.ts';

/** What each part of a package's look-up is, for whoever waits for it. */
export const LOOK_UP_WORDS: Record<Extract<PackageNews, { kind: 'progress' }>['step'], string> = {
  package: 'Asking its registry for the package',
  tree: 'Resolving everything that comes with it',
  checks: 'Checking signature, origin and known vulnerabilities',
};
