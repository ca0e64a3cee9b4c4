/** What a registry says of a container image: the digest its tag means now (OCI Distribution Specification 1.1). */
import type { LaunchPackage, PackageTruth } from '../../contract/package.ts';
import { nothingKnown, reasonOf } from './unanswered.ts';

const KINDS =
  'application/vnd.oci.image.index.v1+json, application/vnd.docker.distribution.manifest.list.v2+json, application/vnd.oci.image.manifest.v1+json, application/vnd.docker.distribution.manifest.v2+json';

/** Never rejects. Asks anonymously: private images could not be checked. */
export async function lookAtImage(wanted: LaunchPackage): Promise<PackageTruth> {
  const hub = wanted.registry === null;
  const host = wanted.registry ?? 'registry-1.docker.io';
  const path = hub
    ? wanted.name.includes('/')
      ? wanted.name
      : `library/${wanted.name}`
    : wanted.name.slice(host.length + 1);
  const scheme = /^(localhost|127\.\d+\.\d+\.\d+)(:\d+)?$/.test(host) ? 'http' : 'https';
  const url = `${scheme}://${host}/v2/${path}/manifests/${wanted.version ?? 'latest'}`;
  try {
    const response = await asked(url);
    if (!response.ok)
      return nothingKnown(
        wanted,
        response.status === 404 ? 'the registry has no such image' : `the registry answered ${response.status}`,
      );
    const digest = response.headers.get('docker-content-digest');
    if (!digest) return nothingKnown(wanted, 'the registry does not say which image its tag means');
    const rest = nothingKnown(wanted, 'a registry says nothing about it without the image');
    return {
      ...rest,
      version: digest,
      registry: host,
      integrity: digest,
      unchecked: [{ what: 'its publisher, date and contents', why: 'they are inside of the image' }],
    };
  } catch (error) {
    return nothingKnown(wanted, reasonOf(error));
  }
}

/** With the anonymous token that the registry points to (Docker Registry token authentication). */
async function asked(url: string): Promise<Response> {
  const head = (headers: Record<string, string>) =>
    fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(20_000), headers: { accept: KINDS, ...headers } });
  const first = await head({});
  const challenge = first.headers.get('www-authenticate') ?? '';
  const field = (name: string) => new RegExp(`${name}="([^"]*)"`).exec(challenge)?.[1];
  const realm = field('realm');
  if (first.status !== 401 || realm === undefined || !/^https?:/.test(realm)) return first;
  const token = new URL(realm);
  for (const name of ['service', 'scope']) token.searchParams.set(name, field(name) ?? '');
  const answer = (await (await fetch(token, { signal: AbortSignal.timeout(20_000) })).json()) as {
    token?: string;
    access_token?: string;
  };
  return head({ authorization: `Bearer ${answer.token ?? answer.access_token ?? ''}` });
}
