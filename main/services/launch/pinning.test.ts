import { expect, test } from 'vitest';
import type { PackageTruth } from '../../contract/package.ts';
import { openDesk, refused } from './desk.fixture.ts';
import { MemoryRegistry } from './fixtures.ts';

const launcher = { command: 'npx', args: ['-y', 'notes-mcp', 'data.db'], cwd: '/srv', env: {} };
const known = (version: string) => ({
  truth: {
    package: { kind: 'npm', name: 'notes-mcp', version: null, registry: null },
    version,
    registry: 'https://registry.example/',
    integrity: 'sha512-x',
    publishedAt: '2020-01-01T00:00:00Z',
    firstPublishedAt: '2019-01-01T00:00:00Z',
    size: 1,
    publisher: 'ada',
    maintainers: ['ada'],
    deprecated: null,
    latest: null,
    scripts: [],
    dependencies: ['zod@4.0.0'],
    signature: { state: 'verified', detail: 'signed' },
    provenance: { state: 'absent', detail: 'none' },
    advisories: { state: 'verified', detail: 'none known' },
    unchecked: [],
    lookedAt: '2026-11-21T03:17:00.000123Z',
  } satisfies PackageTruth,
  tree: { lock: `lock of ${version}`, entry: 'index.js' },
  notPinned: null,
});
const quiet = { fresh: true, tell: () => {}, signal: new AbortController().signal };

async function openPackage() {
  const registry = new MemoryRegistry();
  registry.answer = () => known('1.0.0');
  const opened = await openDesk(launcher, { registry });
  Object.assign(opened.files.tree, { '/usr/bin/npx': 'npx', '/usr/bin/node': '\x7fELF node' });
  // What is installed can be started.
  const install = registry.install;
  registry.install = async (installation) => {
    await install(installation);
    opened.files.tree[`${installation.folder}/node_modules/notes-mcp/index.js`] =
      '#!/usr/bin/env -S node --no-warnings\n';
  };
  return { ...opened, registry };
}

test('a package that was looked up runs from the store in its launcher’s place, with its own arguments', async () => {
  const { desk, agree, registry } = await openPackage();
  expect(await desk.review('notes')).toMatchObject({ pinning: { kind: 'possible' }, truth: null });
  await desk.look('notes', quiet);
  expect(await desk.review('notes')).toMatchObject({
    pinning: { kind: 'pinned' },
    launch: { command: 'npx', files: [{ path: '/usr/bin/node' }], package: { version: '1.0.0' } },
  });
  expect(registry.installed).toEqual([]);
  await agree();
  const { plan } = await desk.plan('notes');
  expect(plan.program).toBe('/usr/bin/node');
  expect(plan.args).toEqual(['--no-warnings', expect.stringMatching(/^\/store\/.*notes-mcp\/index\.js$/), 'data.db']);
  expect(plan.confinement?.shows).toContainEqual(expect.stringMatching(/^\/store\//));
});

test('incident 1: another version runs only after a consent to its difference, and the old one until then', async () => {
  const { desk, agree, registry } = await openPackage();
  await desk.look('notes', quiet);
  await agree();
  registry.answer = () => known('1.0.1');
  await desk.look('notes', quiet);
  expect(await desk.review('notes')).toMatchObject({ consent: 'given', upgrade: true });
  const { launch, digest, differences } = await desk.review('notes', 'upgrade');
  expect(launch?.package?.version).toBe('1.0.1');
  expect(differences).toContainEqual({ where: 'package version', before: '1.0.0', after: '1.0.1' });
  const before = (await desk.plan('notes')).plan.args[1];
  await desk.consent('notes', digest as string, { person: 'me', via: 'window' });
  expect((await desk.plan('notes')).plan.args[1]).not.toBe(before);
});

test('a line that names another package is not run by the pin of the old one', async () => {
  const { desk, agree, edit } = await openPackage();
  await desk.look('notes', quiet);
  await agree();
  await edit({ ...launcher, args: ['-y', 'notes-mcp@2', 'data.db'] });
  await expect(desk.plan('notes')).rejects.toMatchObject(refused('CONSENT_CHANGED'));
  await edit({ ...launcher, args: ['-y', '-p', 'notes-mcp', 'other-program', 'data.db'] });
  await expect(desk.plan('notes')).rejects.toMatchObject(refused('CONSENT_CHANGED'));
});

test('what starts is what was agreed to, whatever is written into its entry while its secrets are fetched', async () => {
  const { desk, agree, edit, secrets } = await openPackage();
  await desk.look('notes', quiet);
  await agree();
  const resolve = secrets.resolve.bind(secrets);
  secrets.resolve = async (server, names) => {
    await edit({ ...launcher, args: ['-y', 'notes-mcp', '--allow-everything'] });
    return resolve(server, names);
  };
  expect((await desk.plan('notes')).plan.args.at(-1)).toBe('data.db');
});

test('its line as written stays a choice, and then nothing is installed', async () => {
  const { desk, registry } = await openPackage();
  await desk.look('notes', quiet);
  const { digest, launch } = await desk.review('notes', 'as-written');
  expect(launch?.package).toBeUndefined();
  await desk.consent('notes', digest as string, { person: 'me', via: 'window' });
  expect((await desk.plan('notes')).plan).toMatchObject({ program: '/usr/bin/npx', args: launcher.args });
  expect(registry.installed).toEqual([]);
});

test('a second server of the same package leaves what the first one runs from where it is, also when both are agreed to at once', async () => {
  const { desk, registry, config } = await openPackage();
  for (const name of ['more', 'third'])
    await config.add(name, { ...launcher, args: [...launcher.args, name] }, { via: 'control' });
  const servers = ['notes', 'more', 'third'];
  for (const server of servers) await desk.look(server, quiet);
  const agree = async (server: string) => {
    const { digest } = await desk.review(server);
    await desk.consent(server, digest as string, { person: 'me', via: 'window' });
  };
  await Promise.all(servers.slice(0, 2).map(agree));
  await agree('third');
  expect(registry.installed).toHaveLength(1);
  const [one, other] = await Promise.all([desk.plan('notes'), desk.plan('third')]);
  expect(one.plan.args[1]).toBe(other.plan.args[1]);
});

test('files that were changed in the store stop the start', async () => {
  const { desk, agree, registry } = await openPackage();
  await desk.look('notes', quiet);
  await agree();
  for (const files of registry.stores.values()) files.set('index.js', 'swapped');
  await expect(desk.plan('notes')).rejects.toMatchObject(refused('CONSENT_CHANGED'));
});

test.each<[object, string]>([
  [{ command: 'env', args: ['A=1', 'npx', '-y', 'notes-mcp'] }, 'its line is more than a launcher and a package'],
  [{ command: 'sh', args: ['-c', 'npx -y notes-mcp'] }, 'its line is more than a launcher and a package'],
  [{ command: 'uvx', args: ['mcp-server-git'] }, 'only npm packages run from the store so far'],
])('%j runs as it is written, and the review says why', async (line, why) => {
  const { desk, registry, edit, files } = await openPackage();
  for (const name of ['sh', 'uvx']) files.tree[`/usr/bin/${name}`] = '\x7fELF';
  await edit({ ...line, cwd: '/srv', env: {} });
  expect((await desk.review('notes')).pinning).toEqual({ kind: 'not', why });
  expect((await desk.look('notes', quiet)).notPinned).toBe(why);
  expect((await desk.review('notes')).launch?.package).toBeUndefined();
  expect(registry.installed).toEqual([]);
});
