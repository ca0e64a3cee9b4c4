/** What can be proved about one version: the registry's signature, an attestation of its origin, known vulnerabilities. */
import { X509Certificate } from 'node:crypto';
import npmFetch from 'npm-registry-fetch';
import pacote from 'pacote';
import type { PackageCheck } from '../../contract/package.ts';
import type { NpmManifest } from './npmLook.ts';
import type { NpmOptions } from './npmSettings.ts';
import { reasonOf } from './unanswered.ts';

/** ECDSA over `name@version:integrity`, under a key the registry publishes (npm, "About registry signatures"). */
export async function signatureOf(spec: string, found: NpmManifest, options: NpmOptions): Promise<PackageCheck> {
  if (!found.dist?.signatures?.length)
    return { state: 'unchecked', detail: 'the registry did not send a signature with it' };
  const keyed = await withKeys(spec, options).catch(reasonOf);
  if (typeof keyed === 'string') return { state: 'unchecked', detail: `the registry’s keys cannot be had: ${keyed}` };
  const { check } = await proved(spec, { ...keyed, verifySignatures: true });
  return check ?? { state: 'verified', detail: 'signed by the registry' };
}

/** SLSA provenance in a Sigstore bundle, bound to the archive's digest. */
export async function attestationOf(spec: string, found: NpmManifest, options: NpmOptions): Promise<PackageCheck> {
  if (!found.dist?.attestations) {
    return found.dist?.signatures?.length
      ? { state: 'absent', detail: 'its publisher attests nothing about where it was built' }
      : { state: 'unchecked', detail: 'the registry does not pass attestations on' };
  }
  const keyed = await withKeys(spec, options).catch(() => options);
  const { check, found: proof } = await proved(spec, { ...keyed, verifyAttestations: true });
  if (check) return check;
  const builder = builderOf(proof._attestationBundles ?? []);
  return builder === null
    ? { state: 'absent', detail: 'what is attested of it says nothing about where it was built' }
    : { state: 'verified', detail: `built in public by ${builder}` };
}

/** Of the version itself; what is known of its dependencies is told and does not fail it. */
export async function advisoriesOf(
  { name, version }: NpmManifest,
  dependencies: readonly string[],
  options: NpmOptions,
): Promise<PackageCheck> {
  const nameOf = (spec: string) => spec.slice(0, spec.indexOf('@', 1));
  // Any word may be a package's name, those that every object has among them.
  const specs = Map.groupBy(new Set([`${name}@${version}`, ...dependencies]), nameOf);
  const body = Object.fromEntries([...specs].map(([of, its]) => [of, its.map((spec) => spec.slice(of.length + 1))]));
  let known: Map<string, { title: string; severity: string }[]>;
  try {
    const answer = await npmFetch.json('/-/npm/v1/security/advisories/bulk', {
      ...options,
      registry: npmFetch.pickRegistry(name, options),
      method: 'POST',
      gzip: true,
      body,
    });
    known = new Map(Object.entries(answer as { [name: string]: { title: string; severity: string }[] }));
  } catch (error) {
    const { statusCode } = error as { statusCode?: number };
    const why = statusCode === undefined ? reasonOf(error) : `it answered ${statusCode}`;
    return { state: 'unchecked', detail: `the registry gives no list of them (${why})` };
  }
  const text = (of: string) => (known.get(of) ?? []).map(({ title, severity }) => `${title} (${severity})`).join('; ');
  if (known.get(name)?.length) return { state: 'failed', detail: text(name) };
  const others = [...known.keys()];
  const detail =
    others.length === 0
      ? 'none known of it or its dependencies'
      : `none known of it; known of its dependencies: ${others.map((one) => `${one}: ${text(one)}`).join('; ')}`;
  return { state: 'verified', detail };
}

/** The public keys of the registry that has this package, as pacote wants them. */
async function withKeys(spec: string, options: NpmOptions): Promise<NpmOptions> {
  const registry = npmFetch.pickRegistry(spec, options);
  const { keys } = (await npmFetch.json('/-/npm/v1/keys', { ...options, registry })) as {
    keys: { keyid: string; key: string; expires: string | null }[];
  };
  const pem = keys.map((one) => ({
    ...one,
    pemkey: `-----BEGIN PUBLIC KEY-----\n${one.key}\n-----END PUBLIC KEY-----`,
  }));
  const { host, pathname } = new URL(registry);
  return { ...options, [`//${host}${pathname}:_keys`]: pem };
}

/** What pacote knows of a version whose attestations it has verified. */
interface Proved {
  readonly _attestationBundles?: readonly {
    readonly predicateType: string;
    readonly bundle: { readonly verificationMaterial?: Material };
  }[];
}
interface Material {
  readonly certificate?: Certificate;
  readonly x509CertificateChain?: { readonly certificates?: readonly Certificate[] };
}
/** `rawBytes`: DER in base64. */
type Certificate = { readonly rawBytes?: string };

/** Who built it, by the certificate that Sigstore gave for the build: what the statement itself says, its author may choose. */
function builderOf(bundles: NonNullable<Proved['_attestationBundles']>): string | null {
  for (const { predicateType, bundle } of bundles) {
    const { certificate, x509CertificateChain } = bundle.verificationMaterial ?? {};
    const { rawBytes } = certificate ?? x509CertificateChain?.certificates?.[0] ?? {};
    if (!predicateType.startsWith('https://slsa.dev/provenance/') || rawBytes === undefined) continue;
    const names = new X509Certificate(Buffer.from(rawBytes, 'base64')).subjectAltName;
    const [, builder] = /^URI:([^,\s]+)/.exec(names ?? '') ?? [];
    if (builder !== undefined) return builder;
  }
  return null;
}

const FAILED = /^(EINTEGRITYSIGNATURE|EMISSINGSIGNATUREKEY|EEXPIREDSIGNATUREKEY|EATTESTATION\w*)$/;

/** Why it is not proved; else what was found, apart from it: a manifest holds whatever its publisher likes. */
type Proof =
  | { readonly check: PackageCheck; readonly found?: never }
  | { readonly check?: never; readonly found: Proved };

async function proved(spec: string, options: NpmOptions): Promise<Proof> {
  try {
    return { found: (await pacote.manifest(spec, { ...options, fullMetadata: true })) as Proved };
  } catch (error) {
    const { code = '', message } = error as { code?: string; message: string };
    // A trust root that cannot be fetched proves nothing either way. The text before names the package: it counts for nothing.
    const reason = code === 'EATTESTATIONVERIFY' ? (message.split(' failed to verify attestation: ')[1] ?? '') : '';
    const failed = FAILED.test(code) && !/TUF|fetch|network|ENOTFOUND|ECONN/i.test(reason);
    return { check: failed ? { state: 'failed', detail: message } : { state: 'unchecked', detail: reasonOf(error) } };
  }
}
