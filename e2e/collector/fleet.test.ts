/** Two devices, two collectors, one PostgreSQL: what happens on a device is found, and what is undone shows. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FleetRecord } from '../../main/contract/collector.ts';
import { DEFAULT_SENDING } from '../../main/contract/sync.ts';
import { connectCommand } from '../fixtures/client.ts';
import { type Collector, type Fleet, foundAt, newBootstrap, startCollector } from '../fixtures/collector.ts';
import { Connection } from '../fixtures/connection.ts';
import { admit, agree, type Daemon, ownEnvironment, startDaemon } from '../fixtures/daemon.ts';
import { refusedWith } from '../fixtures/door.ts';
import { type Home, makeHome, serverFile } from '../fixtures/home.ts';
import { type Postgres, startPostgres } from '../fixtures/postgres.ts';

interface Device {
  readonly home: Home;
  daemon: Daemon;
}

let postgres: Postgres;
let data: string;
let one: Collector;
let other: Collector;
let acme: Fleet;
let bolt: Fleet;
let a: Device;
let b: Device;

async function device(): Promise<Device> {
  const home = makeHome();
  return { home, daemon: await startDaemon(home) };
}

/** Enrols a device with a fresh code; resolves when everything it has is received. */
async function enrol({ daemon }: Device, fleet: Fleet, url: string): Promise<void> {
  const { code } = await fleet.fleet.code({});
  const sending = { ...DEFAULT_SENDING, read: 'everything' } as const;
  await agree(daemon, await daemon.app.sync.enrol({ url, code, sending }));
  await received({ daemon });
}

/** Waits until every record of the device has a receipt. */
async function received({ daemon }: Pick<Device, 'daemon'>): Promise<void> {
  await expect
    .poll(
      async () => {
        const { records, received: there, problem } = await daemon.app.sync.status();
        return problem?.code ?? records - there;
      },
      { timeout: 20_000, interval: 100 },
    )
    .toBe(0);
}

/** Reads a word through a server on this device, which runs unasked. */
async function call({ home }: Device, word: string): Promise<void> {
  const { command, args } = connectCommand('recorder');
  const client = new Connection(command, args, ownEnvironment(home));
  await client.initialize();
  await client.call('look', { n: word });
  await client.close();
}

/** Changes the ledger behind the daemon's back, while it does not run. */
async function edit(device: Device, change: (ledger: Database.Database) => void): Promise<void> {
  await device.daemon.stop();
  const ledger = new Database(join(device.home.folder, 'state', 'ledger.db'));
  change(ledger);
  ledger.close();
  device.daemon = await startDaemon(device.home);
}

async function search(fleet: Fleet, words: string): Promise<FleetRecord[]> {
  return (await fleet.fleet.search({ words })).records;
}

beforeAll(async () => {
  postgres = await startPostgres();
  data = mkdtempSync(join(tmpdir(), 'countersign-collector-'));
  const place = { data, databaseUrl: postgres.url };
  // Both at once: they take turns with the schema.
  [one, other] = await Promise.all([startCollector(place), startCollector(place)]);
  ({ fleet: acme } = await foundAt(one.url, one.bootstrap ?? other.bootstrap ?? '', 'Acme'));
  ({ fleet: bolt } = await foundAt(other.url, await newBootstrap(place), 'Bolt'));
  [a, b] = await Promise.all([device(), device()]);
  const log = join(a.home.folder, 'calls.log');
  await admit(
    a.daemon,
    'recorder',
    { command: process.execPath, args: [serverFile('recording'), log] },
    { look: 'read' },
  );
}, 120_000);

afterAll(async () => {
  for (const { daemon, home } of [a, b]) {
    await daemon.stop();
    home.remove();
  }
  await Promise.all([one.stop(), other.stop()]);
  await postgres.stop();
  rmSync(data, { recursive: true, force: true });
}, 60_000);

test('a call on a device is found in its organisation’s search, through the other collector', async () => {
  await enrol(a, acme, one.url);
  await enrol(b, bolt, other.url);
  await call(a, 'heliotrope');
  await received(a);
  const [outcome, intent] = await search(acme, 'heliotrope');
  expect(intent).toMatchObject({ form: 'everything', facets: { type: 'intent', server: 'recorder', tool: 'look' } });
  expect(intent?.payload).toContain('heliotrope');
  expect(outcome?.facets.type).toBe('outcome');
  expect(await search(bolt, 'heliotrope')).toEqual([]);
});

test('another organisation sees nothing of it: no record, no device, no break', async () => {
  expect(await search(bolt, 'heliotrope')).toEqual([]);
  expect((await bolt.fleet.devices()).map(({ name }) => name)).toHaveLength(1);
  expect((await acme.fleet.devices()).map(({ size }) => size > 0)).toEqual([true]);
  expect(await bolt.fleet.breaks()).toEqual([]);
  const [device] = await acme.fleet.devices();
  expect(await refusedWith(bolt.fleet.revoke({ id: device?.id ?? '' }))).toBe('NOT_FOUND');
});

test('what a person keeps private arrives as a hash: there, counted, and not to be read', async () => {
  const words = await b.daemon.app.audit.search({ type: 'consent' });
  expect(words.total).toBe(0);
  await b.daemon.app.servers.add({ name: 'magenta', entry: { command: process.execPath } });
  await received(b);
  // Records that belong to no call go out as facets, which hold no names of what was decided.
  const [config] = await search(bolt, 'magenta');
  expect(config).toMatchObject({ form: 'facets', leaf: null, payload: null });
});

test('the receipt witnesses the ledger, in the status and in what verify says', async () => {
  const status = await a.daemon.app.sync.status();
  expect(status).toMatchObject({ state: 'idle', organisation: 'Acme', problem: null });
  expect(status.witnessed?.size).toBe(status.received);
  const { ok, witnessed } = await a.daemon.app.audit.verify();
  expect([ok, witnessed]).toEqual([true, status.witnessed]);
});

/** Lets rows of the ledger be changed, which its own triggers refuse. */
function unlock(ledger: Database.Database): void {
  for (const table of ['records', 'nodes', 'checkpoints'])
    for (const verb of ['update', 'delete']) ledger.exec(`DROP TRIGGER IF EXISTS ${table}_no_${verb}`);
}

test('a ledger that was cut off goes on in a new epoch, in sight of the collector', async () => {
  const before = (await acme.fleet.devices())[0]?.size ?? 0;
  await edit(a, (ledger) => {
    unlock(ledger);
    const { size } = ledger.prepare('SELECT max(seq) + 1 AS size FROM records').get() as { size: number };
    for (const table of ['records', 'nodes', 'payloads'])
      ledger.prepare(`DELETE FROM ${table} WHERE seq >= ?`).run(size - 5);
    ledger.prepare('DELETE FROM checkpoints WHERE size > ?').run(size - 5);
  });
  await received(a);
  const breaks = (await acme.fleet.breaks()).filter(({ epoch }) => epoch === 2);
  expect(breaks.map(({ kind }) => kind).sort()).toEqual(['altered', 'new-epoch']);
  // The first record that differs is named, and what stood there before is kept beside it.
  const parted = breaks.find(({ kind }) => kind === 'altered')?.seq ?? 0;
  expect(parted).toBeLessThan(before);
  expect((await acme.fleet.devices())[0]).toMatchObject({ epoch: 2, broken: false });
});

test('a record that was changed on the device after it had been sent is reported by name', async () => {
  let changed = -1;
  await edit(a, (ledger) => {
    unlock(ledger);
    const sql = "SELECT seq, leaf FROM records WHERE type = 'intent' ORDER BY seq DESC";
    const { seq, leaf } = ledger.prepare(sql).get() as { seq: number; leaf: Buffer };
    const other = Buffer.from(leaf.toString().replace('"look"', '"LOOK"'));
    ledger.prepare('UPDATE records SET leaf = ? WHERE seq = ?').run(other, seq);
    changed = seq;
  });
  await expect
    .poll(async () => (await acme.fleet.breaks())[0], { timeout: 20_000 })
    .toMatchObject({ kind: 'reported', seq: changed });
  expect((await acme.fleet.devices())[0]?.broke).toEqual(['altered', 'new-epoch', 'reported']);
});

test('a revoked device is told so, keeps its records, and sends no more', async () => {
  const [device] = await bolt.fleet.devices();
  await bolt.fleet.revoke({ id: device?.id ?? '' });
  await b.daemon.app.servers.add({ name: 'late', entry: { command: process.execPath } });
  await expect
    .poll(() => b.daemon.app.sync.status(), { timeout: 20_000 })
    .toMatchObject({
      state: 'stopped',
      problem: { code: 'DEVICE_REVOKED' },
    });
  expect(await search(bolt, 'late')).toEqual([]);
});
