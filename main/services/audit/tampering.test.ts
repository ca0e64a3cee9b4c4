import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import type Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { ledgerCrypto } from '../../adapters/sqlite/ledgerCrypto.ts';
import { openLedgerSource } from '../../adapters/sqlite/ledgerStore.ts';
import { newId } from '../../adapters/system/ids.ts';
import { auditPage } from '../../contract/audit.ts';
import { appendLeaf, EMPTY_FRONTIER, frontierAt, leafHash, nodePlace } from '../../core/ledger/merkle.ts';
import { LedgerFolder } from './fixtures/ledgerFolder.ts';
import { LedgerKey } from './ledgerKey.ts';
import { verifyLedger } from './verify.ts';

const SIZE = 40;

async function written(folder: LedgerFolder, size = SIZE): Promise<string[]> {
  const audit = await folder.open();
  const ids: string[] = [];
  for (let turn = 0; turn < size; turn += 1) {
    const bytes = Buffer.from(JSON.stringify({ turn }));
    const draft = { type: 'outcome', event: 'ok', server: 'fs', tool: `tool_${turn % 3}`, call: newId() } as const;
    ids.push(audit.writer.append(draft, { kind: 'result', bytes }).id);
    if (turn === 9) await audit.settle();
  }
  await audit.close();
  return ids;
}

function prove(folder: LedgerFolder, witness: string | null = null) {
  const source = openLedgerSource(folder.file('ledger.db'));
  const { publicKey, mac } = folder.keys();
  const key = new LedgerKey(ledgerCrypto, publicKey);
  return verifyLedger({ source, crypto: ledgerCrypto, key, mac, witness }).finally(() => source.close());
}

const COLUMNS = 'id, at, type, session, server, tool, decision, call, slot, leaf';
const swap = (db: Database.Database, a: number, b: number) => {
  db.exec(`UPDATE records SET seq = -1 WHERE seq = ${a}; UPDATE records SET seq = ${a} WHERE seq = ${b};
    UPDATE records SET seq = ${b} WHERE seq = -1`);
};
const moveUp = (db: Database.Database, from: number) =>
  db.exec(`UPDATE records SET seq = -seq - 2 WHERE seq >= ${from}; UPDATE records SET seq = -seq - 1 WHERE seq < -1`);
const moveDown = (db: Database.Database, from: number) =>
  db.exec(`UPDATE records SET seq = -seq WHERE seq >= ${from}; UPDATE records SET seq = -seq - 1 WHERE seq < 0`);

/** Hashes the whole tree anew over whatever records there are now, as a careful forger would. */
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

describe('what anyone with the disk may do is found and named', () => {
  test.each<[string, (db: Database.Database) => void, object]>([
    [
      'a byte of a leaf',
      (db) => db.exec(`UPDATE records SET leaf = CAST(replace(leaf, '"ok"', '"oK"') AS BLOB) WHERE seq = 17`),
      { seq: 17, kind: 'altered' },
    ],
    ['a record deleted', (db) => db.exec('DELETE FROM records WHERE seq = 12'), { seq: 12, kind: 'missing' }],
    [
      'a record deleted and the rest renumbered',
      (db) => {
        db.exec('DELETE FROM records WHERE seq = 12');
        moveDown(db, 13);
      },
      { seq: 12, kind: 'missing' },
    ],
    ['two neighbours swapped', (db) => swap(db, 20, 21), { seq: 20, kind: 'reordered' }],
    ['two distant records swapped', (db) => swap(db, 3, 33), { seq: 3, kind: 'reordered' }],
    [
      'a record copied to the end',
      (db) => db.exec(`INSERT INTO records SELECT ${SIZE}, ${COLUMNS} FROM records WHERE seq = 5`),
      { seq: SIZE, kind: 'inserted' },
    ],
    [
      'a record inserted in the middle',
      (db) => {
        moveUp(db, 25);
        db.exec(`INSERT INTO records SELECT 25, ${COLUMNS} FROM records WHERE seq = 5`);
      },
      { seq: 25, kind: 'inserted' },
    ],
    ['the end cut off', (db) => db.exec('DELETE FROM records WHERE seq >= 35'), { seq: 35, kind: 'truncated' }],
    [
      'the end cut off, tree and all',
      (db) => db.exec('DELETE FROM records WHERE seq >= 35; DELETE FROM nodes WHERE seq >= 35'),
      { seq: 35, kind: 'truncated' },
    ],
    ['everything cut off', (db) => db.exec('DELETE FROM records; DELETE FROM nodes'), { seq: 0, kind: 'truncated' }],
    [
      'a node of the tree',
      (db) => db.exec(`UPDATE nodes SET hashes = CAST(substr(hashes, 1, 63) || x'00' AS BLOB) WHERE seq = 21`),
      { seq: 21, kind: 'altered' },
    ],
    ['a node dropped', (db) => db.exec('DELETE FROM nodes WHERE seq = 8'), { seq: 8, kind: 'inserted' }],
    [
      'a record rewritten together with the tree',
      (db) => {
        db.exec(`UPDATE records SET leaf = CAST(replace(leaf, '"ok"', '"oK"') AS BLOB) WHERE seq = 17`);
        rebuildTree(db);
      },
      { seq: 10, kind: 'altered', message: expect.stringContaining('10 to 39') },
    ],
    [
      'a search column',
      (db) => db.exec(`UPDATE records SET tool = 'harmless' WHERE seq = 6`),
      { seq: 6, kind: 'index' },
    ],
    [
      'a payload',
      (db) => db.exec(`UPDATE payloads SET body = CAST('{"turn":7}' AS BLOB) WHERE seq = 6`),
      { seq: 6, kind: 'payload' },
    ],
    ['a payload dropped', (db) => db.exec('DELETE FROM payloads WHERE seq = 6'), { seq: 6, kind: 'payload' }],
    [
      'a payload of an unknown form',
      (db) => db.exec('UPDATE payloads SET codec = 7 WHERE seq = 6'),
      { seq: 6, kind: 'payload' },
    ],
    [
      'a checkpoint’s size',
      (db) => db.exec(`UPDATE checkpoints SET note = replace(note, char(10) || '40', char(10) || '39')`),
      { seq: null, kind: 'signature' },
    ],
  ])('%s', async (_, work, fault) => {
    await using folder = new LedgerFolder();
    await written(folder);
    expect(await prove(folder)).toMatchObject({ ok: true, records: SIZE, signed: SIZE, fault: null });
    folder.tamper('ledger.db', work);
    expect(await prove(folder)).toMatchObject({ ok: false, fault });
  });

  test('a flipped byte in the file itself, wherever it is, is found unless it changes nothing that is read', async () => {
    await using folder = new LedgerFolder();
    await written(folder);
    const whole = readFileSync(folder.file('ledger.db'));
    const content = () => {
      const source = openLedgerSource(folder.file('ledger.db'));
      const read = [source.records(0, 99), source.nodes(0, 99), source.checkpoints().map(({ note }) => note)];
      source.close();
      return read;
    };
    const before = content();
    const kinds = new Set<string>();
    for (let at = 2048; at < whole.length; at += 397) {
      const flipped = Buffer.from(whole);
      flipped[at] = (flipped[at] ?? 0) ^ 1;
      writeFileSync(folder.file('ledger.db'), flipped);
      const { fault } = await prove(folder);
      kinds.add(fault?.kind ?? 'none');
      if (fault === null) expect(content()).toEqual(before);
    }
    expect(kinds).toContain('altered');
  });

  test.each<[string, string]>([
    ['is no JSON', `leaf = CAST('{' AS BLOB)`],
    ['says a kind of record that there is not', `leaf = CAST(replace(leaf, '"outcome"', '"forged"') AS BLOB)`],
    ['has neither id nor time', `leaf = CAST('{}' AS BLOB), id = '', at = ''`],
  ])('a record that %s is seen as one that cannot be read, and hides no other', async (_, change) => {
    await using folder = new LedgerFolder();
    await written(folder);
    folder.tamper('ledger.db', (db) => db.exec(`UPDATE records SET ${change} WHERE seq = 17`));
    const { reader } = await folder.open();
    const page = auditPage.parse(await reader.search({ limit: 100 }));
    const places = page.records.map(({ seq }) => seq);
    expect(places).toEqual(Array.from(places, (_, index) => (places[0] ?? 0) - index));
    expect(places).toContain(0);
    expect(page.records.find(({ seq }) => seq === 17)).toMatchObject({ type: 'alarm', event: 'unreadable' });
  });

  test('a file that is no database any more', async () => {
    await using folder = new LedgerFolder();
    await written(folder);
    const whole = readFileSync(folder.file('ledger.db'));
    writeFileSync(
      folder.file('ledger.db'),
      Buffer.concat([whole.subarray(0, 4096), Buffer.alloc(whole.length - 4096, 0x5a)]),
    );
    expect((await prove(folder)).fault?.kind).toBe('unreadable');
  });

  test('an older state of the whole database is found with the head kept elsewhere', async () => {
    await using folder = new LedgerFolder();
    await written(folder, 20);
    const older = readFileSync(folder.file('ledger.db'));
    await written(folder, 5);
    writeFileSync(folder.file('ledger.db'), older);
    expect(await prove(folder)).toMatchObject({ ok: true });
    expect(await prove(folder, folder.anchor())).toMatchObject({ ok: false, fault: { kind: 'truncated', seq: 20 } });
  });

  test('while it runs, what the daemon wrote itself must be there', async () => {
    await using folder = new LedgerFolder();
    const { writer, reader, settle } = await folder.open();
    writer.append({ type: 'daemon', event: 'started' });
    writer.append({ type: 'session', event: 'opened' });
    await settle();
    folder.tamper('ledger.db', (db) => db.exec('DELETE FROM records WHERE seq = 1; DELETE FROM nodes WHERE seq = 1'));
    expect(await reader.verify()).toMatchObject({ ok: false, fault: { kind: 'truncated', seq: 1 } });
  });

  test('without tampering every tree that was ever signed can be read back', async () => {
    await using folder = new LedgerFolder();
    await written(folder);
    const source = openLedgerSource(folder.file('ledger.db'));
    const rows = source.nodes(0, SIZE);
    const tree = frontierAt((level, index) => {
      const { leaf, place } = nodePlace(level, index);
      return rows[leaf]?.hashes.subarray(place * 32, place * 32 + 32) as Uint8Array;
    }, SIZE);
    source.close();
    expect(tree.peaks).toHaveLength(2);
  });
});

describe('a database that does not continue what was signed is an alarm and a new epoch', () => {
  const alarms = async (folder: LedgerFolder) => {
    const audit = await folder.open();
    await audit.settle();
    const { records } = await audit.reader.search({ type: 'alarm' });
    const epoch = folder.anchor()?.split('\n')[0]?.split('/').at(-1);
    await audit.close();
    return { events: records.map(({ event }) => event), findings: audit.findings.map(({ event }) => event), epoch };
  };

  test('the file is gone', async () => {
    await using folder = new LedgerFolder();
    await written(folder);
    for (const name of ['ledger.db', 'words.db']) rmSync(folder.file(name), { force: true });
    expect(await alarms(folder)).toEqual({ events: ['ledger-missing'], findings: ['ledger-missing'], epoch: '2' });
    expect(await prove(folder)).toMatchObject({ ok: true, records: 1 });
    expect(await alarms(folder)).toMatchObject({ findings: [], epoch: '2' });
  });

  test('it is an older one', async () => {
    await using folder = new LedgerFolder();
    await written(folder, 20);
    const older = readFileSync(folder.file('ledger.db'));
    await written(folder, 5);
    writeFileSync(folder.file('ledger.db'), older);
    expect(await alarms(folder)).toEqual({ events: ['ledger-truncated'], findings: ['ledger-truncated'], epoch: '2' });
  });

  test('its end was cut off', async () => {
    await using folder = new LedgerFolder();
    await written(folder);
    folder.tamper('ledger.db', (db) =>
      db.exec('DELETE FROM records WHERE seq >= 35; DELETE FROM nodes WHERE seq >= 35'),
    );
    expect((await alarms(folder)).findings).toEqual(['ledger-truncated', 'ledger-truncated']);
  });

  test('it was rewritten, tree and all', async () => {
    await using folder = new LedgerFolder();
    await written(folder);
    folder.tamper('ledger.db', (db) => {
      db.exec(`UPDATE records SET leaf = CAST(replace(leaf, '"ok"', '"oK"') AS BLOB) WHERE seq = 17`);
      rebuildTree(db);
    });
    expect((await alarms(folder)).findings).toEqual(['ledger-altered', 'ledger-altered']);
  });

  test('the head was signed by another device', async () => {
    await using folder = new LedgerFolder();
    await using other = new LedgerFolder();
    await written(folder, 3);
    await written(other, 3);
    writeFileSync(folder.file('head'), JSON.stringify({ ...folder.kept(), note: other.anchor() }));
    expect((await alarms(folder)).findings).toEqual(['head-unreadable']);
  });

  test('without its tree it is not gone on with', async () => {
    await using folder = new LedgerFolder();
    await written(folder);
    folder.tamper('ledger.db', (db) => db.exec('DELETE FROM nodes'));
    await expect(folder.open()).rejects.toMatchObject({ refusal: { code: 'DATABASE_TAMPERED' } });
  });
});
