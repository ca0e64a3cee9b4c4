import type Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { ledgerCrypto } from '../../adapters/sqlite/ledgerCrypto.ts';
import { systemClock } from '../../adapters/system/clock.ts';
import { appendLeaf, EMPTY_FRONTIER, leafHash } from '../../core/ledger/merkle.ts';
import { LedgerFolder } from './fixtures/ledgerFolder.ts';
import type { KeptHead } from './ports.ts';

const given = { type: 'consent', event: 'given', server: 'fs', person: 'ada', via: 'window' } as const;
const withdrawn = { type: 'consent', event: 'withdrawn', server: 'fs' } as const;

/** A ledger in which `fs` was agreed to and withdrawn again, `git` is agreed to, and whose old row of `fs` is back. */
async function revived(folder: LedgerFolder): Promise<void> {
  const first = await folder.open();
  first.sealed.put('consent', 'fs', { digest: 'sha256:old' }, given);
  first.sealed.put('consent', 'git', { digest: 'sha256:git' }, given);
  await first.close();
  let old: unknown[] = [];
  folder.tamper('state.db', (db) => {
    old = db.prepare(`SELECT * FROM seals WHERE key = 'fs'`).raw().get() as unknown[];
  });
  const second = await folder.open();
  expect(second.findings).toEqual([]);
  second.sealed.remove('consent', 'fs', withdrawn);
  await second.close();
  folder.tamper('state.db', (db) => db.prepare('INSERT INTO seals VALUES (?, ?, ?, ?, ?, ?)').run(...old));
}

async function seen(folder: LedgerFolder) {
  const audit = await folder.open();
  const { records } = await audit.reader.search({ type: 'alarm' });
  const { ok, fault } = await audit.reader.verify();
  const result = {
    rows: audit.sealed.list('consent').map(({ key }) => key),
    voids: audit.sealed.voids().map(({ kind, key }) => `${kind} ${key}`),
    findings: audit.findings.map(({ event }) => event),
    alarms: records.filter(({ event }) => event === 'decisions-altered').length,
    verified: ok ? 'ok' : fault?.kind,
  };
  await audit.close();
  return result;
}

/** Writes a record again at the end of the ledger and hashes the whole tree anew. */
function appendAgain(db: Database.Database, seq: number): void {
  const { end } = db.prepare('SELECT max(seq) + 1 AS end FROM records').get() as { end: number };
  const columns = 'id, at, type, session, server, tool, decision, call, slot, leaf';
  db.exec(`INSERT INTO records SELECT ${end}, ${columns} FROM records WHERE seq = ${seq}`);
  db.exec(`INSERT INTO segments VALUES (${end})`);
  rebuildTree(db);
}

function rebuildTree(db: Database.Database): void {
  db.exec('DELETE FROM nodes');
  const add = db.prepare('INSERT INTO nodes VALUES (?, ?)');
  let frontier = EMPTY_FRONTIER;
  for (const leaf of db.prepare<[], Buffer>('SELECT leaf FROM records ORDER BY seq').pluck().all()) {
    const step = appendLeaf(ledgerCrypto.sha256, frontier, leafHash(ledgerCrypto.sha256, leaf));
    add.run(frontier.size, Buffer.concat(step.nodes));
    frontier = step.frontier;
  }
}

/** Puts the digits of another place into a leaf's witness. */
const forgeWitness = (db: Database.Database, seq: number) =>
  db.exec(`UPDATE records SET leaf = CAST(replace(leaf, '"witness":"sha256:', '"witness":"sha256:0') AS BLOB)
    WHERE seq = ${seq}`);

describe('a decision that was taken back does not come back', () => {
  test.each<[string, (db: Database.Database) => void, string]>([
    ['the withdrawal out of the index', (db) => db.exec('UPDATE records SET slot = NULL WHERE seq = 2'), 'index'],
    [
      'the withdrawal in another slot',
      (db) => db.exec('UPDATE records SET slot = (SELECT slot FROM records WHERE seq = 1) WHERE seq = 2'),
      'index',
    ],
    ['the consent’s record again at the end', (db) => appendAgain(db, 0), 'altered'],
    [
      'that record again in no slot',
      (db) => {
        appendAgain(db, 0);
        db.exec('UPDATE records SET slot = NULL WHERE seq = 3');
      },
      'index',
    ],
    ['the withdrawal’s witness changed', (db) => forgeWitness(db, 2), 'altered'],
  ])('%s', async (_, attack, fault) => {
    await using folder = new LedgerFolder();
    await revived(folder);
    folder.tamper('ledger.db', attack);
    const first = await seen(folder);
    expect(first).toMatchObject({ rows: [], findings: ['decisions-altered'], alarms: 1, verified: fault });
    expect(first.voids).toEqual(expect.arrayContaining(['consent fs', 'consent git']));
    // It stays so, without another alarm, until a person decides again.
    const second = await seen(folder);
    expect(second).toMatchObject({ rows: [], findings: [], alarms: 1 });
    expect(second.voids).toEqual(expect.arrayContaining(['consent fs', 'consent git']));
    const { sealed, close } = await folder.open();
    sealed.put('consent', 'git', { digest: 'sha256:git' }, given);
    await close();
    expect(await seen(folder)).toMatchObject({ rows: ['git'], findings: [], alarms: 1 });
  });

  test('every slot emptied and every row of state.db gone: nothing is allowed that a policy may have stopped', async () => {
    await using folder = new LedgerFolder();
    await revived(folder);
    folder.tamper('ledger.db', (db) => {
      db.exec(`UPDATE records SET slot = NULL, leaf = CAST('{}' AS BLOB)`);
    });
    folder.tamper('state.db', (db) => db.exec('DELETE FROM seals'));
    for (let start = 0; start < 2; start += 1) expect((await seen(folder)).voids).toEqual(['policy person']);
  });
});

test('an honest ledger opens as it was, also where a crash left records behind its newest head', async () => {
  await using folder = new LedgerFolder();
  const first = await folder.open();
  first.sealed.put('consent', 'fs', { digest: 'sha256:1' }, given);
  await first.close();
  const second = await folder.open();
  second.sealed.put('consent', 'git', { digest: 'sha256:2' }, given);
  await second.close();
  folder.tamper('ledger.db', (db) => db.exec('DELETE FROM checkpoints WHERE size > 1'));
  expect(await seen(folder)).toMatchObject({ rows: ['fs', 'git'], voids: [], findings: [], alarms: 0, verified: 'ok' });
});

test('a sealed change is signed at once', async () => {
  await using folder = new LedgerFolder();
  const kept = Promise.withResolvers<string>();
  const headAnchor = {
    load: async () => null,
    save: async ({ note }: KeptHead) => void (note !== null && kept.resolve(note)),
  };
  // A clock whose timers never ring.
  const clock = { ...systemClock(), after: () => () => {} };
  const { sealed } = await folder.open({ headAnchor, clock });
  sealed.put('consent', 'fs', { digest: 'sha256:1' }, given);
  expect((await kept.promise).split('\n')[3]).toMatch(/^sealed sha256:[0-9a-f]{64}$/);
});
