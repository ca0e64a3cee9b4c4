/** A truth about which nothing could be found out: said, never left out. */
import type { LaunchPackage, PackageTruth } from '../../contract/package.ts';

/** Everything unchecked, for one reason. */
export function nothingKnown(wanted: LaunchPackage, why: string): PackageTruth {
  const unchecked = { state: 'unchecked', detail: why } as const;
  return {
    package: wanted,
    version: null,
    registry: wanted.registry,
    integrity: null,
    publishedAt: null,
    firstPublishedAt: null,
    size: null,
    publisher: null,
    maintainers: null,
    deprecated: null,
    latest: null,
    scripts: null,
    dependencies: null,
    signature: unchecked,
    provenance: unchecked,
    advisories: unchecked,
    unchecked: [{ what: 'anything about this package', why }],
    lookedAt: new Date().toISOString().replace('Z', '000Z'),
  };
}

/** Why a registry gave no answer, in a sentence without addresses that hold credentials. */
export function reasonOf(error: unknown): string {
  const {
    code,
    message = String(error),
    cause,
  } = error as { code?: string; message?: string; cause?: { code?: string } };
  if (code === 'E404') return 'the registry has no such package';
  if (code === 'ETARGET') return 'the registry has no such version';
  if (code === 'E401' || code === 'E403') return 'the registry does not let this account see it';
  const net = code ?? cause?.code;
  if (
    net !== undefined &&
    /^(ENOTFOUND|EAI_AGAIN|ECONN|ETIMEDOUT|ERR_SOCKET|UND_ERR|ENETUNREACH|EHOST|FETCH_ERROR)/.test(net)
  )
    return `the registry cannot be reached (${net})`;
  return (
    message
      .split('\n')[0]
      ?.replace(/\/\/[^/@\s]*@/g, '//')
      .slice(0, 300) ?? 'the registry did not answer'
  );
}
