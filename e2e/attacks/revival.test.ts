import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { appendAgain } from './forgedLeaf.ts';
import { Stage } from './stage.ts';

/** A consent that was withdrawn has its old row back, and the ledger was made to agree with it. */
async function revived(attack: (ledger: Database.Database, consent: string) => void): Promise<string> {
  await using stage = await Stage.open();
  const state = new Database(stage.path('state', 'state.db'));
  const old = state.prepare("SELECT * FROM seals WHERE kind = 'consent'").get() as { record: string };
  state.close();
  await stage.daemon.app.servers.withdraw({ server: 'recorder' });
  await stage.whileStopped(() => {
    const ledger = new Database(stage.path('state', 'ledger.db'));
    const triggers = ledger.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").all() as {
      name: string;
    }[];
    for (const { name } of triggers) ledger.exec(`DROP TRIGGER ${name}`);
    attack(ledger, old.record);
    ledger.close();
    const rows = new Database(stage.path('state', 'state.db'));
    rows.prepare('INSERT OR REPLACE INTO seals VALUES (@kind, @key, @pending, @body, @record, @mac)').run(old);
    rows.close();
  });
  return stage.firstWord();
}

test('the withdrawal’s record, taken out of the index that finds it, does not revive what it withdrew', async () => {
  const word = await revived((ledger) => {
    ledger.exec("UPDATE records SET slot = NULL WHERE seq = (SELECT max(seq) FROM records WHERE type = 'consent')");
  });
  expect(word).toBe('CONSENT_NEEDED');
});

test('the consent’s record, put again at the end of the ledger, does not revive it', async () => {
  const word = await revived((ledger, consent) => appendAgain(ledger, consent));
  expect(word).toBe('CONSENT_NEEDED');
});
