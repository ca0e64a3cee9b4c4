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
  const turns: string[] = [];
  const told = {
    ...source,
    records: (from: number, limit: number) => {
      turns.push('records');
      return source.records(from, limit);
    },
  };
  const pause = async () => void turns.push('others');
  const report = await verifyLedger({ source: told, key, crypto: ledgerCrypto, pause });
  source.close();
  expect(report).toMatchObject({ ok: true, checkpoints: 45 });
  expect(turns.slice(0, 4)).toEqual(['others', 'others', 'records', 'others']);
});
