import { writeFileSync } from 'node:fs';
import type Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { nodeCrypto } from '../../adapters/keychain/crypto.ts';
import { ledgerCrypto } from '../../adapters/sqlite/ledgerCrypto.ts';
import { openLedgerSource } from '../../adapters/sqlite/ledgerStore.ts';
import { appendLeaf, EMPTY_FRONTIER, leafHash, rootOf } from '../../core/ledger/merkle.ts';
import { ManualClock } from '../manualClock.ts';
import type { AuditDeps } from './audit.ts';
import { LedgerFolder } from './fixtures/ledgerFolder.ts';
import { keyText, LedgerKey, type MovingKey, type SignedHead } from './ledgerKey.ts';
import type { HeadAnchor } from './ports.ts';
import { verifyLedger } from './verify.ts';

/** A ledger of three sittings, so that three keys have signed. */
async function written(folder: LedgerFolder): Promise<void> {
  for (const event of ['first', 'second', 'third']) {
    const audit = await folder.open();
    audit.writer.append({ type: 'session', event });
    await audit.close();
  }
}

function prove(folder: LedgerFolder, first?: string) {
  const source = openLedgerSource(folder.file('ledger.db'));
  const key = new LedgerKey(ledgerCrypto, folder.keys().publicKey);
  return verifyLedger({ source, crypto: ledgerCrypto, key, ...(first && { first }) }).finally(() => source.close());
}

function heads(folder: LedgerFolder): SignedHead[] {
  const source = openLedgerSource(folder.file('ledger.db'));
  const key = new LedgerKey(ledgerCrypto, folder.keys().publicKey);
  const found = source.checkpoints().flatMap(({ note }) => key.open(note) ?? []);
  source.close();
  return found;
}

/** Changes a record, hashes the tree anew, and signs every head anew with these keys, as whoever has taken the device's keys could. */
function rewrite(
  folder: LedgerFolder,
  keyOf: (at: number, was: SignedHead) => { moving: MovingKey; next: Uint8Array },
) {
  const { publicKey, sign } = folder.keys();
  const key = new LedgerKey(ledgerCrypto, publicKey);
  const old = heads(folder);
  folder.tamper('ledger.db', (db: Database.Database) => {
    db.exec(`UPDATE records SET leaf = CAST(replace(leaf, '"first"', '"worst"') AS BLOB); DELETE FROM nodes`);
    const add = db.prepare('INSERT INTO nodes VALUES (?, ?)');
    const notes = db.prepare('UPDATE checkpoints SET note = ? WHERE size = ?');
    let frontier = EMPTY_FRONTIER;
    for (const leaf of db.prepare<[], Buffer>('SELECT leaf FROM records ORDER BY seq').pluck().all()) {
      const step = appendLeaf(ledgerCrypto.sha256, frontier, leafHash(ledgerCrypto.sha256, leaf));
      add.run(frontier.size, Buffer.concat(step.nodes));
      frontier = step.frontier;
      const at = old.findIndex(({ size }) => size === frontier.size);
      const was = old[at];
      if (was === undefined) continue;
      const { moving, next } = keyOf(at, was);
      const head = { ...was, root: rootOf(ledgerCrypto.sha256, frontier) };
      notes.run(key.sign(head, sign, moving, next), frontier.size);
    }
  });
}

const newKey = () => nodeCrypto.signingKey(nodeCrypto.newSigningKey());

test('each sitting signs with the key that the one before handed over to, and the used ones are gone', async () => {
  await using folder = new LedgerFolder();
  await written(folder);
  const signed = heads(folder);
  expect(signed.map(({ size }) => size)).toEqual([1, 2, 3]);
  expect(signed.slice(1).map(({ key }) => key)).toEqual(signed.slice(0, -1).map(({ next }) => next));
  expect(new Set(signed.map(({ key }) => key)).size).toBe(3);
  const kept = folder.kept();
  expect(keyText(nodeCrypto.signingKey(kept?.key ?? '').publicKey)).toBe(signed.at(-1)?.next);
  expect(kept?.first).toBe(signed[0]?.key);
  expect(await prove(folder, kept?.first)).toMatchObject({ ok: true, signed: 3, epochs: [{ epoch: 1, size: 1 }] });
});

describe('a sitting', () => {
  const MINUTE = 60_000;

  const begun = async (folder: LedgerFolder, changes: Partial<AuditDeps> = {}) => {
    const clock = new ManualClock();
    const audit = await folder.open({ clock, ...changes });
    const covered = () => Number(audit.reader.identity().checkpoint?.split('\n')[1]);
    /** A record that a signed head covers, and so many milliseconds. */
    const signed = async (ms = 1000) => {
      const { seq } = audit.writer.append({ type: 'session', event: 'opened' });
      clock.pass(ms);
      await expect.poll(covered).toBe(seq + 1);
    };
    return { clock, audit, signed };
  };
  const keptKey = (folder: LedgerFolder) => keyText(nodeCrypto.signingKey(folder.kept()?.key ?? '').publicKey);

  test('lets go of a key every minute, and keeps the last head that each has signed', async () => {
    await using folder = new LedgerFolder();
    const { audit, signed } = await begun(folder);
    for (let record = 0; record < 15; record += 1) await signed(10_000);
    await audit.close();
    const kept = heads(folder);
    expect(kept).toHaveLength(3);
    expect(kept.slice(1).map(({ key }) => key)).toEqual(kept.slice(0, -1).map(({ next }) => next));
    expect(await prove(folder)).toMatchObject({ ok: true, records: 15, signed: 15 });
  });

  test('lets go of its key also when nothing more comes', async () => {
    await using folder = new LedgerFolder();
    const { clock, signed } = await begun(folder);
    await signed();
    await expect.poll(() => folder.kept()?.note ?? null).not.toBeNull();
    const [head] = heads(folder);
    expect(keptKey(folder)).toBe(head?.key);
    clock.pass(MINUTE);
    await expect.poll(() => keptKey(folder)).toBe(head?.next);
  });

  test('goes on with the key that was handed over to, though the keychain took its time', async () => {
    await using folder = new LedgerFolder();
    const [asked, answers] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    let slow = false;
    const save: HeadAnchor['save'] = async (head) => {
      if (slow) {
        asked.resolve();
        await answers.promise;
      }
      await folder.headAnchor.save(head);
    };
    const { clock, audit, signed } = await begun(folder, { headAnchor: { ...folder.headAnchor, save } });
    await signed();
    slow = true;
    clock.pass(MINUTE);
    await asked.promise;
    // By the key that is on its way out.
    await signed();
    answers.resolve();
    await audit.settle();
    await signed();
    await audit.close();
    expect(await prove(folder)).toMatchObject({ ok: true, signed: 3 });
    expect((await folder.open()).findings).toEqual([]);
  });
});

describe('whoever has every key of today', () => {
  test('cannot sign the past anew: the keys that did are gone', async () => {
    await using folder = new LedgerFolder();
    await written(folder);
    const today = nodeCrypto.signingKey(folder.kept()?.key ?? '');
    rewrite(folder, () => ({ moving: today, next: today.publicKey }));
    const report = await prove(folder, folder.kept()?.first);
    expect(report).toMatchObject({ ok: false, fault: { kind: 'signature' } });
    expect(report.fault?.message).toContain('another key than this ledger began with');
  });

  test('cannot put keys of their own between two that were signed', async () => {
    await using folder = new LedgerFolder();
    await written(folder);
    const own = newKey();
    const key = new LedgerKey(ledgerCrypto, folder.keys().publicKey);
    const second = heads(folder)[1] as SignedHead;
    folder.tamper('ledger.db', (db) => {
      const note = key.sign(second, folder.keys().sign, own, own.publicKey);
      db.prepare('UPDATE checkpoints SET note = ? WHERE size = 2').run(note);
    });
    const report = await prove(folder);
    expect(report.fault?.message).toContain('over 2 records is not one that an earlier checkpoint handed over to');
  });

  test('can only sign everything anew from the start, which whoever noted the first key sees', async () => {
    await using folder = new LedgerFolder();
    await written(folder);
    const first = folder.kept()?.first;
    const keys = [newKey(), newKey(), newKey(), newKey()];
    rewrite(folder, (at) => ({ moving: keys[at] as MovingKey, next: (keys[at + 1] as MovingKey).publicKey }));
    expect(await prove(folder)).toMatchObject({ ok: true });
    expect(await prove(folder, first)).toMatchObject({ ok: false, fault: { kind: 'signature' } });
  });
});

test('another key in the keychain is an alarm, and the ledger goes on in an epoch of its own', async () => {
  await using folder = new LedgerFolder();
  await written(folder);
  writeFileSync(folder.file('head'), JSON.stringify({ ...folder.kept(), key: nodeCrypto.newSigningKey() }));
  const audit = await folder.open();
  expect(audit.findings.map(({ event }) => event)).toEqual(['key-unknown']);
  await audit.close();
  expect(await prove(folder)).toMatchObject({ ok: true, epochs: [{ epoch: 1 }, { epoch: 2, size: 4 }] });
});

test('a head that only the keychain still has goes back into the database', async () => {
  await using folder = new LedgerFolder();
  await written(folder);
  folder.tamper('ledger.db', (db) => db.exec('DELETE FROM checkpoints WHERE size = 3'));
  const audit = await folder.open();
  expect(audit.findings).toEqual([]);
  audit.writer.append({ type: 'session', event: 'fourth' });
  await audit.close();
  expect(await prove(folder)).toMatchObject({ ok: true, signed: 4, checkpoints: 4 });
});

test('the device’s key can be written down and read again', async () => {
  await using folder = new LedgerFolder();
  await written(folder);
  const text = new LedgerKey(ledgerCrypto, folder.keys().publicKey).verifierKey();
  expect(text).toMatch(/^countersign\.dev\/ledger\/[0-9a-f]{16}\+[0-9a-f]{8}\+/);
  const source = openLedgerSource(folder.file('ledger.db'));
  const [note] = source.checkpoints().map((one) => one.note);
  source.close();
  expect(LedgerKey.read(ledgerCrypto, text)?.open(note ?? '')).toMatchObject({ size: 1, epoch: 1 });
  for (const wrong of ['', 'x', text.slice(0, -4), text.replace('ledger/', 'ledger/0')])
    expect(LedgerKey.read(ledgerCrypto, wrong)).toBeNull();
});
