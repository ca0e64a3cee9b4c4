import { createHash, createSign, generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { lookAtNpm } from './npmLook.ts';

const key = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const integrity = `sha512-${createHash('sha512').update('archive').digest('base64')}`;
const signed = (text: string) => createSign('SHA256').update(text).sign(key.privateKey, 'base64');
let server: Server;
let url: string;
let home: string;
let round = 0;

/** What the registry answers, by path; anything else is 404. */
const answers = new Map<string, unknown>();
const packument = (name: string, dist: object, more: object = {}) => ({
  name,
  'dist-tags': { latest: '1.0.0' },
  time: { created: '2026-11-19T00:00:00.000Z', '1.0.0': '2026-11-20T00:00:00.000Z' },
  maintainers: [{ name: 'ada' }],
  versions: {
    '1.0.0': {
      name,
      version: '1.0.0',
      bin: 'cli.js',
      dist: { integrity, tarball: `${url}${name}.tgz`, ...dist },
      ...more,
    },
  },
});

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'look-'));
  server = createServer((request, response) => {
    request.resume();
    const answer = answers.get(request.url ?? '');
    response.writeHead(answer === undefined ? 404 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const der = key.publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
  answers.set('/-/npm/v1/keys', { keys: [{ keyid: 'one', key: der, expires: null }] });
});
afterAll(() => {
  server.close();
  rmSync(home, { recursive: true, force: true });
});

/** Names another archive, in an envelope that nobody signed. */
function attestationOf(name: string) {
  const sha512 = createHash('sha512').update('another').digest('hex');
  const statement = { subject: [{ name: `pkg:npm/${name}@1.0.0`, digest: { sha512 } }] };
  const payload = Buffer.from(JSON.stringify(statement)).toString('base64');
  const bundle = { dsseEnvelope: { payload, payloadType: 'x', signatures: [{ sig: 'AAAA', keyid: '' }] } };
  return { predicateType: 'https://slsa.dev/provenance/v1', bundle };
}

function look(name: string, version: string | null = null) {
  const wanted = { kind: 'npm' as const, name, version, registry: url };
  return lookAtNpm({ wanted, program: null }, mkdtempSync(join(home, `${round++}-`)), () => {});
}

test('a signature of exactly this archive is checked', async () => {
  const sig = signed(`good@1.0.0:${integrity}`);
  answers.set('/good', packument('good', { signatures: [{ keyid: 'one', sig }] }));
  const { truth, tree, notPinned } = await look('good');
  expect(truth.signature).toEqual({ state: 'verified', detail: 'signed by the registry' });
  expect(truth).toMatchObject({ provenance: { state: 'absent' }, firstPublishedAt: '2026-11-19T00:00:00.000Z' });
  expect({ entry: tree?.entry, notPinned }).toEqual({ entry: 'cli.js', notPinned: null });
});

test('a signature of something else fails it', async () => {
  const sig = signed(`other@1.0.0:${integrity}`);
  answers.set('/forged', packument('forged', { signatures: [{ keyid: 'one', sig }] }));
  expect((await look('forged')).truth.signature).toMatchObject({
    state: 'failed',
    detail: /invalid registry signature/ as never,
  });
});

test('a signature that fails is told as that, whatever the package is called', async () => {
  const sig = signed(`other@1.0.0:${integrity}`);
  answers.set('/network-fetch', packument('network-fetch', { signatures: [{ keyid: 'one', sig }] }));
  expect((await look('network-fetch')).truth.signature.state).toBe('failed');
});

test('attestations that attest nothing, or no origin, are no provenance', async () => {
  const sig = signed(`hollow@1.0.0:${integrity}`);
  const attestations = { url: `${url}-/npm/v1/attestations/hollow@1.0.0` };
  answers.set('/hollow', packument('hollow', { signatures: [{ keyid: 'one', sig }], attestations }));
  answers.set('/-/npm/v1/attestations/hollow@1.0.0', { attestations: [] });
  expect((await look('hollow')).truth.provenance).toMatchObject({ state: 'absent' });
});

test('what a package writes about itself is no proof of it', async () => {
  const sig = signed(`boaster@1.0.0:${integrity}`);
  const attestations = { url: `${url}-/npm/v1/attestations/boaster@1.0.0` };
  const own = { state: 'verified', detail: 'built in public by https://github.com/somebody/else' };
  answers.set('/boaster', packument('boaster', { signatures: [{ keyid: 'one', sig }], attestations }, own));
  answers.set('/-/npm/v1/attestations/boaster@1.0.0', { attestations: [] });
  const { truth } = await look('boaster');
  expect(truth.signature).toEqual({ state: 'verified', detail: 'signed by the registry' });
  expect(truth.provenance).toMatchObject({ state: 'absent' });
});

test('an attestation of another archive fails it, whatever the package is called', async () => {
  const attestations = { url: `${url}-/npm/v1/attestations/fetched@1.0.0` };
  answers.set('/fetched', packument('fetched', { attestations }));
  answers.set('/-/npm/v1/attestations/fetched@1.0.0', { attestations: [attestationOf('fetched')] });
  expect((await look('fetched')).truth.provenance.state).toBe('failed');
});

test('a dependency under another name is told by its own', async () => {
  const dependencies = { lodash: 'npm:evil@1.0.0' };
  answers.set('/disguised', packument('disguised', {}, { dependencies }));
  answers.set('/evil', packument('evil', {}, { scripts: { postinstall: 'node steal.js' }, hasInstallScript: true }));
  const { truth } = await look('disguised');
  expect(truth.dependencies).toEqual(['evil@1.0.0']);
  expect(truth.scripts).toEqual([{ package: 'evil@1.0.0', event: 'postinstall', command: 'node steal.js' }]);
});

test('the registry that a person’s npmrc gives a scope is the one that answers, and the one that is told', async () => {
  const before = process.env.npm_config_userconfig;
  const npmrc = join(home, 'npmrc');
  writeFileSync(npmrc, `@acme:registry=${url}\n`);
  process.env.npm_config_userconfig = npmrc;
  try {
    const sig = signed(`@acme/tool@1.0.0:${integrity}`);
    answers.set('/@acme%2ftool', packument('@acme/tool', { signatures: [{ keyid: 'one', sig }] }));
    const wanted = { kind: 'npm' as const, name: '@acme/tool', version: null, registry: 'http://127.0.0.1:9/' };
    const folder = mkdtempSync(join(home, `${round++}-`));
    const { truth } = await lookAtNpm({ wanted, program: null }, folder, () => {});
    expect(truth).toMatchObject({ version: '1.0.0', registry: url, signature: { state: 'verified' } });
  } finally {
    if (before === undefined) delete process.env.npm_config_userconfig;
    else process.env.npm_config_userconfig = before;
  }
});

test('a signature under a key the registry does not know fails it', async () => {
  answers.set('/unknown', packument('unknown', { signatures: [{ keyid: 'two', sig: signed('x') }] }));
  expect((await look('unknown')).truth.signature.state).toBe('failed');
});

test('a warning of the registry about this version counts, one about a dependency is told', async () => {
  answers.set('/bad', packument('bad', {}));
  answers.set('/-/npm/v1/security/advisories/bulk', {
    bad: [{ title: 'It mails everything out', severity: 'critical' }],
  });
  expect((await look('bad')).truth.advisories).toEqual({
    state: 'failed',
    detail: 'It mails everything out (critical)',
  });
  answers.set('/-/npm/v1/security/advisories/bulk', { other: [{ title: 'Slow', severity: 'low' }] });
  expect((await look('bad')).truth.advisories).toMatchObject({ state: 'verified' });
  answers.delete('/-/npm/v1/security/advisories/bulk');
  expect((await look('bad')).truth.advisories).toMatchObject({ state: 'unchecked' });
});

test('a package may be called by a word that every object has', async () => {
  answers.set('/constructor', packument('constructor', {}));
  answers.set('/built', packument('built', {}, { dependencies: { constructor: '1.0.0' } }));
  answers.set('/-/npm/v1/security/advisories/bulk', {});
  for (const name of ['constructor', 'built'])
    expect((await look(name)).truth.advisories).toMatchObject({ state: 'verified' });
  answers.delete('/-/npm/v1/security/advisories/bulk');
});

test('what comes from no registry cannot be pinned', async () => {
  answers.set('/loose', packument('loose', {}, { dependencies: { remote: `${url}remote.tgz` } }));
  const { tree, notPinned } = await look('loose');
  expect(tree).toBeNull();
  expect(notPinned).not.toBeNull();
});

test('which program is started is decided as npx does, or not at all', async () => {
  answers.set('/several', packument('several', {}, { bin: { a: 'a.js', b: 'b.js' } }));
  expect((await look('several')).notPinned).toBe('the package does not say which of its programs is the server');
});

test.each([
  ['file:/etc/passwd', null],
  ['../x', null],
  ['good', 'npm:evil@1'],
  ['good', 'https://x.example/x.tgz'],
])('%s %s is no package of a registry', async (name, version) => {
  const { truth, notPinned } = await look(name, version);
  expect(truth.version).toBeNull();
  expect(notPinned).toMatch(/^its (name|version) is/);
});

test('a package nobody has published is said to be none', async () => {
  expect((await look('nothing')).truth.unchecked).toEqual([
    { what: 'anything about this package', why: 'the registry has no such package' },
  ]);
});
