import { expect, test } from 'vitest';
import type { PackageTruth } from '../../contract/package.ts';
import { MemoryRegistry, memoryPackages, sha256 } from '../launch/fixtures.ts';

const truth = {
  package: { kind: 'npm', name: 'notes', version: null, registry: null },
  version: '1.0.0',
  registry: 'https://registry.example/',
  integrity: 'sha512-x',
  publishedAt: null,
  maintainers: ['ada'],
  scripts: [{ package: 'native@2.0.0', event: 'postinstall', command: 'make' }],
  dependencies: ['native@2.0.0'],
} as unknown as PackageTruth;
const wanted = { spec: 'notes', program: null, registry: null };

async function pinned(allowed: string[] = []) {
  const registry = new MemoryRegistry();
  const packages = memoryPackages(registry);
  const looked = { truth, tree: { lock: 'lock', entry: 'index.js' }, notPinned: null };
  const candidate = await packages.pin(wanted, looked, allowed);
  if (!candidate) throw new Error('It was not pinned.');
  return { registry, packages, pin: candidate.pinned };
}

test('a pin names the whole tree, and no script runs unless its package is named', async () => {
  expect((await pinned()).pin).toMatchObject({ lock: `sha256:${sha256('lock')}`, scripts: [{ allowed: false }] });
  const { pin, packages, registry } = await pinned(['native']);
  expect(pin.scripts).toMatchObject([{ allowed: true }]);
  await packages.install(pin, () => []);
  expect(registry.installed).toMatchObject([{ lock: 'lock', allowed: ['native@2.0.0'] }]);
});

test('what is there and whole is not installed again; what was changed is', async () => {
  const { packages, registry, pin } = await pinned();
  const digest = await packages.install(pin, () => []);
  expect(await packages.install(pin, () => [digest])).toBe(digest);
  expect(registry.installed).toHaveLength(1);
  registry.stores
    .get(`/store/${packages.key(pin)}`)
    ?.set('index.js', 'swapped')
    .set('new.js', 'added');
  expect((await packages.changes(pin, digest, true)).map(({ file }) => file)).toEqual(['index.js', 'new.js']);
  expect(await packages.install(pin, () => [digest])).toBe(digest);
  expect(registry.installed).toHaveLength(2);
});

test('a folder that is gone is a change', async () => {
  const { packages, registry, pin } = await pinned();
  const digest = await packages.install(pin, () => []);
  registry.stores.clear();
  expect(await packages.changes(pin, digest, true)).not.toEqual([]);
});

test('what nobody agreed to any more is removed, but not under what runs', async () => {
  const { packages, registry, pin } = await pinned();
  await packages.install(pin, () => []);
  await packages.collect([pin]);
  expect(registry.stores.size).toBe(1);
  packages.entry(pin);
  await packages.collect([]);
  expect(registry.stores.size).toBe(1);
  const other = await pinned();
  await other.packages.install(other.pin, () => []);
  await other.packages.collect([]);
  expect(other.registry.stores.size).toBe(0);
});

test('without the lockfile that was reviewed nothing is installed', async () => {
  const { packages, registry, pin } = await pinned();
  await packages.collect([]);
  await expect(packages.install(pin, () => [])).rejects.toMatchObject({ refusal: { code: 'PACKAGE_MISMATCH' } });
  expect(registry.installed).toEqual([]);
});

test('an answer that another program put among the remembered ones does not count, fresh or without a network', async () => {
  const registry = new MemoryRegistry();
  const answers = new Map();
  const packages = memoryPackages(registry, answers);
  const honest = {
    truth: { ...truth, lookedAt: '2026-11-21T03:16:00.000000Z', unchecked: [] },
    tree: null,
    notPinned: null,
  };
  registry.answer = () => honest;
  const ask = (fresh: boolean) =>
    packages.look(truth.package, null, { fresh, tell: () => {}, signal: new AbortController().signal });
  await ask(true);
  registry.answer = () => ({ ...honest, truth: { ...honest.truth, maintainers: ['asked again'] } });
  expect((await ask(false)).truth.maintainers).toEqual(['ada']);

  const [[key, kept]] = [...answers] as [[string, { looked: string; mac: string }]];
  const other = {
    ...kept,
    looked: kept.looked.replace('"tree":null', '"tree":{"lock":"another tree","entry":"index.js"}'),
  };
  expect(other.looked).not.toBe(kept.looked);
  const numberless = { ...kept, looked: { ...honest, truth: { ...honest.truth, size: Number.POSITIVE_INFINITY } } };
  for (const forged of [other, numberless, { ...kept, looked: '{' }, { looked: kept.looked }, honest]) {
    answers.set(key, forged);
    expect((await ask(false)).truth.maintainers).toEqual(['asked again']);
  }
  answers.set(key, other);
  const silent = { ...truth, version: null, unchecked: [{ what: 'anything', why: 'no network' }] };
  registry.answer = () => ({ truth: silent, tree: null, notPinned: 'no network' });
  expect(await ask(true)).toMatchObject({ truth: { version: null }, tree: null });
});
