import { createHash, createSign, generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
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
  time: { '1.0.0': '2026-11-20T00:00:00.000Z' },
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

function look(name: string, version: string | null = null) {
  const wanted = { kind: 'npm' as const, name, version, registry: url };
  return lookAtNpm({ wanted, program: null }, mkdtempSync(join(home, `${round++}-`)), () => {});
}

test('a signature of exactly this archive is checked', async () => {
  const sig = signed(`good@1.0.0:${integrity}`);
  answers.set('/good', packument('good', { signatures: [{ keyid: 'one', sig }] }));
  const { truth, tree, notPinned } = await look('good');
  expect(truth.signature).toEqual({ state: 'verified', detail: 'signed by the registry' });
  expect(truth.provenance.state).toBe('absent');
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
