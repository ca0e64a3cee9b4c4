/** What the Python Package Index says of a package (its JSON API). */
import type { LaunchPackage, PackageTruth } from '../../contract/package.ts';
import { nothingKnown, reasonOf } from './unanswered.ts';

interface Answer {
  readonly info: {
    readonly version: string;
    readonly yanked?: boolean;
    readonly yanked_reason?: string | null;
    readonly maintainer?: string | null;
    readonly author?: string | null;
  };
  readonly urls: readonly {
    readonly packagetype: string;
    readonly size: number;
    readonly upload_time_iso_8601: string;
    readonly digests: { readonly sha256: string };
  }[];
  readonly vulnerabilities?: readonly { readonly id: string; readonly summary?: string | null }[];
}

/** Never rejects. A version range is looked up as the newest version, which is what would run unless it is held. */
export async function lookAtPypi(wanted: LaunchPackage): Promise<PackageTruth> {
  const exact = /^[\w.+!-]+$/.test(wanted.version ?? '') && wanted.version !== 'latest' ? `/${wanted.version}` : '';
  const base =
    wanted.registry === null ? 'https://pypi.org' : wanted.registry.replace(/\/simple\/?$/, '').replace(/\/$/, '');
  const url = `${base}/pypi/${encodeURIComponent(wanted.name)}${exact}/json`;
  let answer: Answer;
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(20_000), headers: { accept: 'application/json' } });
    if (!response.ok)
      return nothingKnown(
        wanted,
        response.status === 404 ? 'the index has no such package or version' : `the index answered ${response.status}`,
      );
    answer = (await response.json()) as Answer;
  } catch (error) {
    return nothingKnown(wanted, reasonOf(error).replace('registry', 'index'));
  }
  const { info, urls, vulnerabilities } = answer;
  const file = urls.find(({ packagetype }) => packagetype === 'bdist_wheel') ?? urls[0];
  const source = urls.length > 0 && urls.every(({ packagetype }) => packagetype === 'sdist');
  const checks = nothingKnown(wanted, 'the index says nothing about it');
  return {
    ...checks,
    version: info.version,
    registry: base,
    integrity: file ? `sha256-${Buffer.from(file.digests.sha256, 'hex').toString('base64')}` : null,
    publishedAt: file?.upload_time_iso_8601 ?? null,
    size: file?.size ?? null,
    publisher: info.maintainer || info.author || null,
    deprecated: info.yanked ? (info.yanked_reason ?? 'It was withdrawn.') : null,
    scripts: source
      ? [
          {
            package: `${wanted.name}@${info.version}`,
            event: 'install',
            command: 'setup.py, or another build of its own',
          },
        ]
      : [],
    advisories: vulnerabilities?.length
      ? {
          state: 'failed',
          detail: vulnerabilities.map(({ id, summary }) => `${id}${summary ? `: ${summary}` : ''}`).join('; '),
        }
      : vulnerabilities
        ? { state: 'verified', detail: 'none known' }
        : checks.advisories,
    unchecked: [
      { what: 'its dependencies', why: 'they are chosen when it is installed' },
      { what: 'signature and origin', why: 'the index’s answer does not hold them' },
    ],
  };
}
