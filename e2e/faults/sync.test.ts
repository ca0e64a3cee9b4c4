/** Collector, daemon, database and network fail at random while a ledger is sent: nothing is lost, nothing is there twice. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import Database from 'better-sqlite3';
import pg from 'pg';
import { expect, inject, test } from 'vitest';
import { type Collector, foundAt, startCollector } from '../fixtures/collector.ts';
import { agree, startDaemon } from '../fixtures/daemon.ts';
import { makeHome } from '../fixtures/home.ts';
import { openNetwork } from '../fixtures/network.ts';
import { startPostgres } from '../fixtures/postgres.ts';

const FAULTS = ['collector', 'daemon', 'database', 'network'] as const;

test('every record arrives once, whatever fails in between', async () => {
  const rounds = Math.max(FAULTS.length, Math.ceil((inject('kills') ?? 16) / 4));
  const postgres = await startPostgres();
  const data = mkdtempSync(join(tmpdir(), 'countersign-collector-'));
  const place = { data, databaseUrl: postgres.url };
  const collectors: Collector[] = await Promise.all([startCollector(place), startCollector(place)]);
  const portOf = (at: number) => Number(new URL(collectors[at]?.url ?? '').port);
  const network = await openNetwork(portOf(0));
  const { fleet } = await foundAt(
    collectors[0]?.url ?? '',
    collectors.find(({ bootstrap }) => bootstrap)?.bootstrap ?? '',
    'Acme',
  );
  const home = makeHome();
  let daemon = await startDaemon(home);
  try {
    const { code } = await fleet.fleet.code({});
    await agree(daemon, await daemon.app.sync.enrol({ url: network.url, code }));
    let made = 0;
    const work = async () => {
      for (let more = 0; more < 40; more += 1) {
        made += 1;
        await daemon.app.servers.add({ name: `server-${made}`, entry: { command: process.execPath } });
      }
    };
    for (let round = 0; round < rounds; round += 1) {
      await work();
      // Into the gathering, the request, the transaction or the answer.
      await pause(Math.random() * 2000);
      const fault = FAULTS[round % FAULTS.length];
      if (fault === 'collector') {
        const at = round % 2;
        await collectors[at]?.kill();
        network.lead(portOf(1 - at));
        collectors[at] = await startCollector(place);
      } else if (fault === 'daemon') {
        daemon.kill('SIGKILL');
        await daemon.ended;
        daemon = await startDaemon(home);
      } else if (fault === 'database') await postgres.crash();
      else {
        network.cut();
        await work();
        network.restore();
      }
      network.lead(portOf(round % 2));
    }
    // Waiting to try again after a failure may take a while: a person may also say so.
    await expect
      .poll(
        async () => {
          await daemon.app.sync.resume();
          const { records, received } = await daemon.app.sync.status();
          return records - received;
        },
        { timeout: 60_000, interval: 3000 },
      )
      .toBeLessThan(3);
    const { records } = await daemon.app.sync.status();
    await daemon.stop();
    const ledger = new Database(join(home.folder, 'state', 'ledger.db'), { readonly: true });
    const leaves = ledger.prepare('SELECT seq, substr(hashes, 1, 32) AS hash FROM nodes ORDER BY seq').all() as {
      seq: number;
      hash: Buffer;
    }[];
    ledger.close();
    const owner = new pg.Client(postgres.url);
    await owner.connect();
    const { rows } = await owner.query('select seq, hash from records order by seq');
    const { rows: heads } = await owner.query('select size, broken from heads');
    const { rows: breaks } = await owner.query('select * from breaks');
    await owner.end();
    expect(breaks).toEqual([]);
    expect(heads).toEqual([{ size: String(rows.length), broken: false }]);
    expect(rows.length).toBeGreaterThanOrEqual(records - 3);
    expect(rows.map(({ seq, hash }) => [Number(seq), hash.toString('hex')])).toEqual(
      leaves.slice(0, rows.length).map(({ seq, hash }) => [seq, hash.toString('hex')]),
    );
  } finally {
    await daemon.stop().catch(() => {});
    home.remove();
    await network.close();
    await Promise.all(collectors.map((one) => one.stop()));
    await postgres.stop();
    rmSync(data, { recursive: true, force: true });
  }
}, 900_000);
