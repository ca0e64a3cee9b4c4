/** What the Python Package Index says of a package (its JSON API). */
import type { LaunchPackage, PackageTruth } from '../../contract/package.ts';
import { nothingKnown, reasonOf } from './unanswered.ts';

interface Answer {
  readonly info: {
    readonly version: string;
    readonly yanked?: boolean;
    readonly yanked_reason?: string | null;
  };
  /** Whom the index lets change the package; what the package says of its author is its own claim. */
  readonly ownership?: { readonly roles?: readonly { readonly user?: string }[] } | null;
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
  const { info, urls, vulnerabilities, ownership } = answer;
  const wheels = urls.filter(({ packagetype }) => packagetype === 'bdist_wheel');
  const source = urls.length > 0 && wheels.length === 0;
  // Of several, each machine takes its own.
  const file = wheels.length > 1 ? undefined : (wheels[0] ?? urls[0]);
  const people = ownership?.roles?.flatMap(({ user }) => user ?? []);
  const checks = nothingKnown(wanted, 'the index says nothing about it');
  return {
    ...checks,
    version: info.version,
    registry: base,
    integrity: file ? `sha256-${Buffer.from(file.digests.sha256, 'hex').toString('base64')}` : null,
    publishedAt: urls[0]?.upload_time_iso_8601 ?? null,
    size: file?.size ?? null,
    maintainers: people === undefined ? null : [...new Set(people)].toSorted(),
    deprecated: info.yanked ? (info.yanked_reason ?? 'It was withdrawn.') : null,
    scripts: source
      ? [
          {
            package: `${wanted.name}@${info.version}`,
            event: 'install',
            command: 'setup.py, or another build of its own',
          },
        ]
      : null,
    advisories: vulnerabilities?.length
      ? {
          state: 'failed',
          detail: vulnerabilities.map(({ id, summary }) => `${id}${summary ? `: ${summary}` : ''}`).join('; '),
        }
      : vulnerabilities
        ? { state: 'verified', detail: 'none known' }
        : checks.advisories,
    unchecked: [
      { what: 'its dependencies and what they run', why: 'they are chosen when it is installed' },
      { what: 'who published this version, and since when there is such a package', why: 'the index does not say' },
      ...(people === undefined ? [{ what: 'its maintainers', why: 'the index does not say' }] : []),
      ...(wheels.length > 1
        ? [
            {
              what: 'its integrity and size',
              why: `which of its ${wheels.length} files is installed hangs on the machine`,
            },
          ]
        : []),
      { what: 'signature and origin', why: 'the index’s answer does not hold them' },
    ],
  };
}
