import { copyFileSync, existsSync, rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { VerifyReport } from '../../main/contract/audit.ts';
import { Stage } from './stage.ts';

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.open();
  for (const n of ['first', 'second', 'third']) await stage.call('look', n);
});
afterEach(() => stage[Symbol.asyncDispose]());

const FILES = ['ledger.db', 'ledger.db-wal', 'ledger.db-shm'];

/** Whoever has the file is not held up by its triggers. */
function withLedger(attack: (db: Database.Database) => void): void {
  const db = new Database(stage.path('state', 'ledger.db'));
  const triggers = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").all() as { name: string }[];
  for (const { name } of triggers) db.exec(`DROP TRIGGER ${name}`);
  attack(db);
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.close();
}

/** The place of the intent of the second call. */
async function secondIntent(): Promise<number> {
  const { records } = await stage.daemon.app.audit.search({ type: 'intent', words: 'second' });
  return records[0]?.seq as number;
}

async function faultAfter(attack: (db: Database.Database, seq: number) => void): Promise<VerifyReport['fault']> {
  const seq = await secondIntent();
  await stage.whileStopped(() => withLedger((db) => attack(db, seq)));
  const report = await stage.daemon.app.audit.verify();
  expect(report.ok).toBe(false);
  expect(report.fault?.seq).toBe(seq);
  return report.fault;
}

test('a changed record is named', async () => {
  const fault = await faultAfter((db, seq) => {
    const { leaf } = db.prepare('SELECT leaf FROM records WHERE seq = ?').get(seq) as { leaf: Buffer };
    const changed = leaf.toString('utf8').replace('"look"', '"puts"');
    db.prepare('UPDATE records SET leaf = ? WHERE seq = ?').run(Buffer.from(changed), seq);
  });
  expect(fault?.kind).toBe('altered');
});

test('a column that is searched by, changed, is named', async () => {
  const fault = await faultAfter((db, seq) => db.prepare("UPDATE records SET tool = 'puts' WHERE seq = ?").run(seq));
  expect(fault?.kind).toBe('index');
});

test('changed arguments are named', async () => {
  const fault = await faultAfter((db, seq) => {
    const body = Buffer.from('{"name":"look","arguments":{"n":"harmless"}}');
    db.prepare('UPDATE payloads SET codec = 0, body = ? WHERE seq = ?').run(body, seq);
  });
  expect(fault?.kind).toBe('payload');
});

test('a removed record is named', async () => {
  const fault = await faultAfter((db, seq) => db.prepare('DELETE FROM records WHERE seq = ?').run(seq));
  expect(fault?.kind).toBe('missing');
});

test('records that were taken off the end are an alarm at the next start', async () => {
  const seq = await secondIntent();
  await stage.whileStopped(() =>
    withLedger((db) => {
      for (const table of ['records', 'nodes', 'payloads']) db.prepare(`DELETE FROM ${table} WHERE seq >= ?`).run(seq);
      db.prepare('DELETE FROM checkpoints WHERE size > ?').run(seq);
    }),
  );
  expect((await stage.alarms()).map(({ event }) => event)).toContain('ledger-truncated');
});

test('an older copy in its place is an alarm, and gives nothing back that was taken away since', async () => {
  const older = (file: string) => stage.path(`older-${file}`);
  await stage.whileStopped(() => {
    for (const file of FILES)
      if (existsSync(stage.path('state', file))) copyFileSync(stage.path('state', file), older(file));
  });
  await stage.daemon.app.servers.withdraw({ server: 'recorder' });
  await stage.whileStopped(() => {
    for (const file of FILES) {
      rmSync(stage.path('state', file), { force: true });
      if (existsSync(older(file))) copyFileSync(older(file), stage.path('state', file));
    }
  });
  expect((await stage.alarms()).map(({ event }) => event)).toContain('ledger-truncated');
  expect(await stage.firstWord()).toBe('CONSENT_NEEDED');
});

test('a ledger that is gone is an alarm, not a new ledger', async () => {
  await stage.whileStopped(() => {
    for (const file of FILES) rmSync(stage.path('state', file), { force: true });
  });
  expect((await stage.alarms()).map(({ event }) => event)).toContain('ledger-missing');
  // Without their records the decisions of before do not count.
  expect(await stage.firstWord()).toBe('CONSENT_NEEDED');
});

test('what is changed under the running daemon is named too', async () => {
  const seq = await secondIntent();
  withLedger((db) => db.prepare("UPDATE records SET server = 'other' WHERE seq = ?").run(seq));
  expect(await stage.daemon.app.audit.verify()).toMatchObject({ ok: false, fault: { seq } });
});
