import { join } from 'node:path';
import { z } from 'zod';
import { nodeCrypto } from '../../adapters/keychain/crypto.ts';
import { ledgerCrypto } from '../../adapters/sqlite/ledgerCrypto.ts';
import { openLedgerSource, openLedgerStore } from '../../adapters/sqlite/ledgerStore.ts';
import { openSealStore } from '../../adapters/sqlite/sealStore.ts';
import type { VerifyReport } from '../../contract/audit.ts';
import { type Audit, openAudit } from '../../services/audit/audit.ts';
import { LedgerKey } from '../../services/audit/ledgerKey.ts';
import type { KeptHead, SecretValues } from '../../services/audit/ports.ts';
import { verifyLedger } from '../../services/audit/verify.ts';
import type { Clock, NewId } from '../../services/clock.ts';
import type { DeviceKeys, Keystore } from '../../services/vault/ports.ts';

/** The account that keeps the newest signed head apart from the database. */
const HEAD_ACCOUNT = 'ledger-head';

export interface LedgerParts {
  /** The state folder. */
  readonly state: string;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly keys: DeviceKeys;
  readonly keystore: Keystore;
  readonly secretValues: SecretValues;
  /** See `AuditDeps.heldFrom`. */
  readonly heldFrom: () => number | null;
}

export interface Ledger extends Audit {
  readonly file: string;
  /** Proves a copy of the ledger at `file`, as anybody with the device's public key could. */
  verifyCopy(file: string): Promise<VerifyReport>;
}

const keptHead = z.object({ note: z.string().nullable(), key: z.string(), first: z.string() });

/** One that is not ours says nothing: the ledger then goes on in a new epoch, with an alarm. */
function readKeptHead(text: string | null): KeptHead | null {
  try {
    return text === null ? null : keptHead.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** `ledger.db` and `state.db` of the state folder. Rejects with `Refused`. */
export async function openLedger({
  state,
  clock,
  newId,
  keys,
  keystore,
  secretValues,
  heldFrom,
}: LedgerParts): Promise<Ledger> {
  const file = join(state, 'ledger.db');
  const audit = await openAudit({
    store: openLedgerStore({ file, indexFile: join(state, 'ledger-words.db') }),
    seals: openSealStore(join(state, 'state.db')),
    clock,
    newId,
    keys,
    crypto: ledgerCrypto,
    secretValues,
    headAnchor: {
      load: async () => readKeptHead(await keystore.get(HEAD_ACCOUNT)),
      save: (head) => keystore.set(HEAD_ACCOUNT, JSON.stringify(head)),
    },
    heldFrom,
    signing: nodeCrypto,
  });
  return {
    ...audit,
    file,
    async verifyCopy(copy) {
      const source = openLedgerSource(copy);
      try {
        const key = new LedgerKey(ledgerCrypto, keys.publicKey);
        return await verifyLedger({ source, key, crypto: ledgerCrypto, mac: keys.mac });
      } finally {
        source.close();
      }
    },
  };
}
