import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PackageNews } from '../../main/contract/package.ts';
import { Countersign } from '../fixtures/countersign.ts';
import { agree } from '../fixtures/daemon.ts';
import { refusedWith } from '../fixtures/door.ts';
import { type NpmRegistry, startNpmRegistry } from '../fixtures/npmRegistry.ts';
import { WORDS, weather } from '../fixtures/weather.ts';

let registry: NpmRegistry;
let countersign: Countersign;
const server = 'weather';

beforeAll(async () => {
  registry = await startNpmRegistry();
  await registry.publish(WORDS);
  await registry.publish(weather('1.0.0', ['forecast']));
  countersign = await Countersign.start();
});
afterAll(async () => {
  await countersign?.stop();
  await registry?.stop();
});

const args = (spec: string, ...more: string[]) => ['-y', '--registry', registry.url, spec, ...more];
const store = () => join(countersign.home.folder, 'state', 'packages', 'store');

async function lookUp(name = server, wishes: { fresh?: boolean; scripts?: string[] } = {}) {
  const seen: PackageNews[] = [];
  for await (const news of await countersign.app.packages.prepare({ server: name, ...wishes })) seen.push(news);
  const last = seen.at(-1);
  if (last?.kind !== 'truth') throw new Error('The look-up did not end with a truth.');
  return { ...last, steps: seen.flatMap((news) => (news.kind === 'progress' ? [news.step] : [])) };
}
async function consent(name = server, which: 'usual' | 'upgrade' = 'usual') {
  const { digest } = await countersign.app.servers.review({ server: name, which });
  await agree(countersign, await countersign.app.servers.consent({ server: name, digest: digest ?? '' }));
}

test('what a package is, from its registry', async () => {
  await countersign.app.servers.add({
    name: server,
    entry: { command: 'npx', args: args('weather-mcp-fixture', 'Oslo') },
  });
  const before = await countersign.app.servers.review({ server });
  expect(before).toMatchObject({ pinning: { kind: 'possible' }, truth: null, consent: 'needed' });
  const { truth, steps, notPinned } = await lookUp();
  expect([...new Set(steps)]).toEqual(['package', 'tree', 'checks']);
  expect(notPinned).toBeNull();
  expect(truth).toMatchObject({
    version: '1.0.0',
    registry: registry.url,
    integrity: expect.stringMatching(/^sha512-/),
    publishedAt: expect.any(String),
    maintainers: ['ada'],
    dependencies: ['weather-words-fixture@1.0.0'],
    scripts: [],
    signature: { state: 'unchecked' },
    provenance: { state: 'unchecked' },
  });
  expect(truth.unchecked.map(({ what }) => what)).toContain('the registry’s signature');
});

test('after consent exactly that version runs, from the store and without npx', async () => {
  const review = await countersign.app.servers.review({ server });
  expect(review).toMatchObject({
    pinning: { kind: 'pinned' },
    launch: { package: { version: '1.0.0', entry: 'server.js' } },
  });
  expect(review.findings.map(({ id }) => id)).not.toContain('unpinned');
  expect(readdirSync(store())).toEqual([]);
  await consent();
  await countersign.app.servers.start({ server });
  await countersign.accept(server, 'read');
  const client = countersign.connect(server);
  await client.initialize();
  const { result } = await client.call('forecast');
  expect(result.content[0].text).toMatch(/^sunny .*weather\.d Oslo$/);
  const [instance] = (await countersign.app.servers.list()).find(({ name }) => name === server)?.instances ?? [];
  expect(instance).toBeDefined();
});

test('the same answer again is no other version', async () => {
  await lookUp(server, { fresh: true });
  expect(await countersign.app.servers.review({ server })).toMatchObject({ consent: 'given', upgrade: false });
});

test('nothing of the working directory takes part', async () => {
  const cwd = join(countersign.home.folder, 'project');
  mkdirSync(join(cwd, 'node_modules', '.bin'), { recursive: true });
  writeFileSync(join(cwd, '.npmrc'), 'registry=http://127.0.0.1:9/\n');
  writeFileSync(join(cwd, 'node_modules', '.bin', 'weather-mcp'), '#!/bin/sh\ntouch ran\n');
  chmodSync(join(cwd, 'node_modules', '.bin', 'weather-mcp'), 0o755);
  await countersign.app.servers.add({
    name: 'here',
    entry: { command: 'npx', args: ['-y', 'weather-mcp-fixture'], cwd, env: { npm_config_registry: registry.url } },
  });
  expect((await lookUp('here')).truth.registry).toBe(registry.url);
  await consent('here');
  await countersign.app.servers.start({ server: 'here' });
  expect(existsSync(join(cwd, 'ran'))).toBe(false);
  await countersign.app.servers.remove({ server: 'here' });
});

test('incidents 1 and 22: a newer version changes nothing until a person has seen script, maintainer and dependency; its tool waits', async () => {
  await registry.publish({ ...WORDS, name: 'extra-fixture' });
  await registry.publish(
    weather('1.1.0', ['forecast', 'upload'], {
      maintainers: ['ada', 'mallory'],
      manifest: {
        bin: { 'weather-mcp': 'server.js' },
        dependencies: { 'weather-words-fixture': '^1.0.0', 'extra-fixture': '1.0.0' },
        scripts: { postinstall: 'touch ran' },
      },
    }),
  );
  await countersign.app.servers.restart({ server });
  expect(await countersign.app.servers.review({ server })).toMatchObject({ consent: 'given', upgrade: false });

  await lookUp(server, { fresh: true });
  const usual = await countersign.app.servers.review({ server });
  expect(usual).toMatchObject({ consent: 'given', upgrade: true, launch: { package: { version: '1.0.0' } } });
  const upgrade = await countersign.app.servers.review({ server, which: 'upgrade' });
  expect(upgrade).toMatchObject({ consent: 'changed' });
  const changed = new Map(upgrade.differences.map((one) => [one.where, [one.before, one.after]]));
  expect(changed.get('package version')).toEqual(['1.0.0', '1.1.0']);
  expect(changed.get('package maintainers')).toEqual(['ada', 'ada, mallory']);
  expect(changed.get('postinstall script of weather-mcp-fixture')?.[1]).toBe('touch ran (does not run)');
  expect(changed.get('dependency extra-fixture')).toEqual([null, '1.0.0']);
  expect(upgrade.findings.map(({ id }) => id)).toContain('install-script');

  await consent(server, 'upgrade');
  await countersign.app.servers.restart({ server });
  const tools = await countersign.app.tools.list({ server });
  expect(tools.find(({ name }) => name === 'upload')?.state).toBe('new');
  const client = countersign.connect(server);
  await client.initialize();
  expect((await client.request('tools/list')).result.tools.map(({ name }: { name: string }) => name)).toEqual([
    'forecast',
  ]);
  const [key] = readdirSync(store())
    .filter((name) => !name.endsWith('.json'))
    .filter((name) => existsSync(join(store(), name, 'node_modules', 'extra-fixture')));
  expect(existsSync(join(store(), key ?? '', 'node_modules', 'weather-mcp-fixture', 'ran'))).toBe(false);
});

test('incident 22: an install script runs only where it was allowed by name', async () => {
  await countersign.app.servers.add({
    name: 'scripted',
    entry: { command: 'npx', args: args('weather-mcp-fixture@1.1.0') },
  });
  await lookUp('scripted', { scripts: ['weather-mcp-fixture'] });
  const { findings, launch } = await countersign.app.servers.review({ server: 'scripted' });
  expect(launch?.package?.scripts).toMatchObject([{ allowed: true }]);
  expect(findings.find(({ id }) => id === 'install-script')?.message).toMatch(/runs a command on this machine/);
  await consent('scripted');
  const ran = readdirSync(store()).filter((name) =>
    existsSync(join(store(), name, 'node_modules', 'weather-mcp-fixture', 'ran')),
  );
  expect(ran).toHaveLength(1);
});

test('a file swapped in the store is found before it runs, and put right by a new consent', async () => {
  const { launch } = await countersign.app.servers.review({ server });
  const key = readdirSync(store()).find(
    (name) =>
      !name.endsWith('.json') &&
      existsSync(join(store(), name, 'node_modules', 'extra-fixture')) &&
      !existsSync(join(store(), name, 'node_modules', 'weather-mcp-fixture', 'ran')),
  );
  const file = join(store(), key ?? '', 'node_modules', 'weather-words-fixture', 'index.js');
  chmodSync(file, 0o600);
  const text = readFileSync(file);
  writeFileSync(file, 'module.exports = "swapped";');
  await countersign.app.servers.stop({ server });
  expect(await refusedWith(countersign.app.servers.start({ server }))).toBe('CONSENT_CHANGED');
  const { differences, consent: state, digest } = await countersign.app.servers.review({ server });
  expect(state).toBe('changed');
  expect(differences.map(({ where }) => where)).toEqual(['package files: node_modules/weather-words-fixture/index.js']);
  await agree(countersign, await countersign.app.servers.consent({ server, digest: digest ?? '' }));
  expect(readFileSync(file)).toEqual(text);
  await countersign.app.servers.start({ server });
  expect(launch?.package?.version).toBe('1.1.0');
});

test('an archive that holds another script than its registry said is not installed', async () => {
  await registry.publish(weather('2.0.0', ['forecast'], { packed: { scripts: { postinstall: 'touch ran' } } }));
  await countersign.app.servers.add({
    name: 'confused',
    entry: { command: 'npx', args: args('weather-mcp-fixture@2.0.0') },
  });
  await lookUp('confused');
  expect(await refusedWith(consent('confused'))).toBe('PACKAGE_MISMATCH');
  expect(await countersign.app.servers.review({ server: 'confused' })).toMatchObject({ consent: 'needed' });
  expect(await refusedWith(countersign.app.servers.start({ server: 'confused' }))).toBe('CONSENT_NEEDED');
});

test('a registry that does not answer is said, and what is installed still runs', async () => {
  rmSync(join(countersign.home.folder, 'state', 'packages', 'answers'), { recursive: true });
  mkdirSync(join(countersign.home.folder, 'state', 'packages', 'answers'));
  await registry.stop();
  const { truth, notPinned } = await lookUp(server, { fresh: true });
  expect(truth).toMatchObject({ version: null, signature: { state: 'unchecked' } });
  expect(truth.unchecked[0]?.why).toMatch(/cannot be reached/);
  expect(notPinned).not.toBeNull();
  await countersign.app.servers.restart({ server });
  expect(await countersign.app.servers.review({ server })).toMatchObject({ consent: 'given' });
});
