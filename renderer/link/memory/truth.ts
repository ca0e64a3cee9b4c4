import type { PackageNews, PackageTruth, PinnedPackage } from '../../../main/contract/package.ts';
import { at, digestOf } from './ids.ts';

/** What a registry answers about a package of the gallery, with everything a person may have to see. */
export const TRUTH: PackageTruth = {
  package: { kind: 'npm', name: '@modelcontextprotocol/server-filesystem', version: '2026.8.31', registry: null },
  version: '2026.8.31',
  registry: 'https://registry.npmjs.org/',
  integrity: 'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  publishedAt: at(-7_000_000),
  firstPublishedAt: at(-60_000_000),
  size: 128_411,
  publisher: 'GitHub Actions',
  maintainers: ['jspahrsummers', 'thedsp'],
  deprecated: null,
  latest: null,
  scripts: [{ package: 'esbuild@0.28.2', event: 'postinstall', command: 'node install.js' }],
  dependencies: ['@modelcontextprotocol/sdk@1.32.2', 'diff@9.0.0', 'esbuild@0.28.2', 'minimatch@10.2.1', 'zod@4.6.7'],
  signature: { state: 'verified', detail: 'signed by the registry' },
  provenance: { state: 'absent', detail: 'its publisher attests nothing about where it was built' },
  advisories: { state: 'unchecked', detail: 'the registry keeps no list of them' },
  unchecked: [{ what: 'known vulnerabilities', why: 'the registry keeps no list of them' }],
  lookedAt: at(-60),
};

/** The same package as it is pinned, with an install script that does not get to run. */
export const PINNED: PinnedPackage = {
  wanted: { spec: '@modelcontextprotocol/server-filesystem@2026.8.31', program: null, registry: null },
  name: TRUTH.package.name,
  version: '2026.8.31',
  registry: 'https://registry.npmjs.org/',
  integrity: TRUTH.integrity ?? '',
  publishedAt: TRUTH.publishedAt,
  maintainers: TRUTH.maintainers,
  entry: 'dist/index.js',
  dependencies: TRUTH.dependencies ?? [],
  scripts: (TRUTH.scripts ?? []).map((script) => ({ ...script, allowed: false })),
  lock: digestOf(31),
};

/** A look-up that ends at once. */
export async function* truthNews(): AsyncGenerator<PackageNews> {
  yield { kind: 'truth', truth: TRUTH, notPinned: null };
}
