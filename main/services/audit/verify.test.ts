import { expect, test } from 'vitest';
import { ledgerCrypto } from '../../adapters/sqlite/ledgerCrypto.ts';
import { openLedgerSource } from '../../adapters/sqlite/ledgerStore.ts';
import { LedgerFolder } from './fixtures/ledgerFolder.ts';
import { LedgerKey } from './ledgerKey.ts';
import { verifyLedger } from './verify.ts';

test('calls get their turn between records, and between the signatures of heads', async () => {
  await using folder = new LedgerFolder();
  const audit = await folder.open();
  for (let head = 0; head < 45; head += 1) {
    audit.writer.append({ type: 'session', event: 'opened' });
    await audit.settle();
  }
  await audit.close();
  const source = openLedgerSource(folder.file('ledger.db'));
  const key = new LedgerKey(ledgerCrypto, folder.keys().publicKey);
  let turns = 0;
  let other = setImmediate(function turn() {
    turns += 1;
    other = setImmediate(turn);
  });
  const before: number[] = [];
  const told = {
    ...source,
    records: (from: number, limit: number) => {
      before.push(turns);
      return source.records(from, limit);
    },
  };
  const pause = () => new Promise<void>((resolve) => void setImmediate(resolve));
  const report = await verifyLedger({ source: told, key, crypto: ledgerCrypto, pause });
  clearImmediate(other);
  source.close();
  expect(report).toMatchObject({ ok: true, checkpoints: 45 });
  expect(before[0]).toBeGreaterThanOrEqual(2);
  expect(before[1]).toBeGreaterThan(before[0] ?? 0);
});
