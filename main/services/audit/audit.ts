/** The ledger put together: writing, reading, sealed rows, and what happens when it is opened and closed. */

import type { RecordView } from '../../contract/record.ts';
import type { SearchPlan } from '../../contract/search.ts';
import { completeSearch } from '../../core/search/complete.ts';
import { parseSearch } from '../../core/search/parse.ts';
import type { Clock, NewId } from '../clock.ts';
import type { DeviceKeys, KeyCrypto } from '../vault/ports.ts';
import type { Finding } from './continuity.ts';
import { inspectContinuity } from './continuity.ts';
import { currentMasker } from './currentMasker.ts';
import { type Decisions, inspectDecisions } from './decisions.ts';
import { Exporting } from './exporting.ts';
import { HeadKeeper } from './headKeeper.ts';
import { keyText, LedgerKey, type SignedHead } from './ledgerKey.ts';
import { LedgerWriter } from './ledgerWriter.ts';
import { localCalendar } from './localCalendar.ts';
import { MovingKeys } from './movingKeys.ts';
import { type OutgoingLedger, outgoingLedger } from './outgoing.ts';
import type {
  AuditReader,
  AuditWriter,
  HeadAnchor,
  LedgerCrypto,
  LedgerStore,
  SealedRows,
  SealStore,
  SecretValues,
} from './ports.ts';
import { proveConsistency, proveRecord } from './proofs.ts';
import { closeOpenIntents } from './recovery.ts';
import { Retention } from './retention.ts';
import { openSealedRows } from './sealedRows.ts';
import { placeOf } from './searchPlace.ts';
import { planOf } from './searchPlan.ts';
import { readLeaf } from './storedLeaf.ts';
import { verifyLedger } from './verify.ts';

export interface AuditDeps {
  readonly store: LedgerStore;
  readonly seals: SealStore;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly keys: DeviceKeys;
  readonly crypto: LedgerCrypto;
  readonly secretValues: SecretValues;
  readonly headAnchor: HeadAnchor;
  /** Payloads from this sequence on may not be dropped yet, since nobody else has them; null where nobody is to have them. */
  readonly heldFrom: () => number | null;
  readonly signing: Pick<KeyCrypto, 'newSigningKey' | 'signingKey'>;
}

export interface Audit {
  readonly writer: AuditWriter;
  readonly reader: AuditReader;
  readonly sealed: SealedRows;
  /** What did not fit when the ledger was opened; each is an alarm in it. */
  readonly findings: readonly Finding[];
  /** Intents that were closed as `unknown` when the ledger was opened. */
  readonly recovered: number;
  readonly retention: Retention;
  readonly exporting: Exporting;
  readonly outgoing: OutgoingLedger;
  /** Signs a head over everything recorded so far and keeps it in the keychain. Rejects with `Refused('AUDIT_UNAVAILABLE')`. */
  settle(): Promise<void>;
  /** Settles as far as possible, then closes the databases. */
  close(): Promise<void>;
}

/**
 * Opens the ledger: compares it with what was signed (what does not fit is an alarm and a new epoch, never silently a
 * new ledger), closes open intents as unknown, and reports sealed rows that are void.
 * Takes over the stores, and closes them when it cannot open: rejects with `Refused('DATABASE_TAMPERED')` when the tree is
 * not there to go on with, or `Refused('AUDIT_UNAVAILABLE')`.
 */
export async function openAudit(deps: AuditDeps): Promise<Audit> {
  try {
    return await open(deps);
  } catch (error) {
    deps.seals.close();
    await deps.store.close();
    throw error;
  }
}

async function open(deps: AuditDeps): Promise<Audit> {
  const { store, seals, clock, newId, keys, crypto, secretValues, headAnchor, signing } = deps;
  const hash = crypto.sha256;
  const key = new LedgerKey(crypto, keys.publicKey);
  const kept = await headAnchor.load();
  const anchor = kept && { note: kept.note, key: keyText(signing.signingKey(kept.key).publicKey) };
  const { frontier, epoch, signed, ...found } = inspectContinuity(hash, store, key, anchor);
  const moving = await MovingKeys.open(signing, headAnchor, kept);
  if (found.findings.length === 0) putBack(store, signed, anchor?.note ?? null);
  const decisions = inspectDecisions(hash, keys.mac, store, signed);
  const findings = [...found.findings, ...decisionsFinding(decisions)];
  const { witnesses } = decisions;
  const masker = currentMasker(secretValues);
  const writer = new LedgerWriter({ store, clock, newId, keys, crypto, masker, witnesses }, frontier);
  const heads = new HeadKeeper({ hash, store, writer, clock, keys, key, moving, epoch });
  writer.onAppend((_, sealed) => heads.wake(sealed));

  for (const { event, reason, detail } of findings)
    writer.append({ type: 'alarm', event, reason, detail: { ...detail } });
  const recovered = closeOpenIntents(store, writer);
  const sealed = openSealedRows({ seals, decisions, writer, crypto, keys, newId });

  /** What was asked, answered and brought about, oldest first. */
  const ofQuestion = async (ask: string | undefined): Promise<RecordView[]> => {
    if (ask === undefined) return [];
    const plan: SearchPlan = { terms: [{ kind: 'field', field: 'ask', values: [ask], not: false }] };
    const { records } = await store.search({ plan, limit: 100 });
    return records.reverse().flatMap(({ seq }) => store.view(seq) ?? []);
  };

  const calendar = localCalendar(clock);
  const reader: AuditReader = {
    search: async (query) => {
      const { cursor, limit = 100 } = query;
      return store.search({ plan: planOf(query, calendar), limit, ...(cursor !== undefined && { cursor }) });
    },
    async rows(query) {
      const { asOf, offset = 0, limit = 100 } = query;
      const time = asOf?.time ?? clock.now();
      const plan = planOf(query, { ...calendar, now: () => time });
      const { size, ...rows } = await store.rows({ plan, offset, limit, ...(asOf && { size: asOf.size }) });
      return { ...rows, asOf: { size, time } };
    },
    async rowOf(query) {
      const { asOf, to } = query;
      const plan = planOf(query, { ...calendar, now: () => asOf?.time ?? clock.now() });
      return store.rowOf({ plan, below: placeOf(to, store, calendar), ...(asOf && { size: asOf.size }) });
    },
    counts: async (query, steps) => store.counts(planOf(query, calendar), steps),
    async help(text, cursor) {
      const parsed = parseSearch(text, calendar);
      const known = await store.known();
      return {
        fault: parsed.ok ? null : parsed.fault,
        suggestions: completeSearch(text, cursor, (field) => known[field] ?? []),
      };
    },
    async show(id) {
      const row = store.record(id);
      if (row === undefined) return [];
      const found = await (row.call === null ? ofQuestion(readLeaf(row.leaf)?.ask) : store.ofCall(row.call));
      // What is not in the index yet is still what its own record says.
      const records = found.length > 0 ? found : [store.view(row.seq)].flatMap((view) => view ?? []);
      // What the person had asked for belongs to the story of a call, in its own record.
      const asked = records.find(({ prompt }) => prompt !== undefined)?.prompt?.record;
      const told = asked === undefined ? undefined : store.record(asked);
      return [...(told ? [store.view(told.seq)].flatMap((view) => view ?? []) : []), ...records];
    },
    async verify() {
      const [expected, witness, source] = [writer.frontier(), heads.note(), store.source()];
      const pause = () => new Promise<void>((resolve) => setImmediate(resolve));
      try {
        const first = moving.first();
        return await verifyLedger({ source, key, crypto, mac: keys.mac, first, expected, witness, pause });
      } finally {
        source.close();
      }
    },
    async prove(id) {
      await heads.settle();
      const source = store.source();
      try {
        return proveRecord({ store, crypto, key }, source, id);
      } finally {
        source.close();
      }
    },
    async proveSince(head) {
      await heads.settle();
      return proveConsistency({ store, crypto, key }, head);
    },
    identity: () => ({
      key: key.verifierKey(),
      first: moving.first(),
      checkpoint: store.lastCheckpoint()?.note ?? null,
    }),
    record(id) {
      const row = store.record(id);
      return row === undefined ? undefined : (readLeaf(row.leaf) ?? undefined);
    },
    count: () => writer.frontier().size,
    onAppend: (listener) => writer.onAppend(listener),
  };

  const exporting = new Exporting({
    store,
    crypto,
    key,
    writer,
    settle: () => heads.settle(),
    first: () => moving.first(),
    plan: (query) => planOf(query, calendar),
  });

  const retention = new Retention({ store, sealed, clock, sign: () => heads.sign(), heldFrom: deps.heldFrom });
  retention.start();

  return {
    writer,
    reader,
    sealed,
    retention,
    exporting,
    outgoing: outgoingLedger(store, key, crypto, epoch),
    findings,
    recovered,
    settle: () => heads.settle(),
    async close() {
      await retention.close();
      // A disk or keychain that fails now leaves an unsigned end, which the next start signs.
      await heads.close().catch(() => undefined);
      seals.close();
      await store.close();
    },
  };
}

/** The head in the keychain, when the database has lost it: the keys after it follow from it. */
function putBack(store: LedgerStore, signed: readonly SignedHead[], note: string | null): void {
  const last = store.lastCheckpoint();
  const head = signed.at(-1);
  if (note === null || head === undefined || head.size <= (last?.size ?? 0)) return;
  store.addCheckpoint({ size: head.size, note, openFrom: last?.openFrom ?? 0 });
}

function decisionsFinding({ fault, lost }: Decisions): Finding[] {
  if (fault === null) return [];
  const reason = `${fault}: what people decided no longer counts, and must be decided again.`;
  return [{ event: 'decisions-altered', reason, detail: { records: lost.length } }];
}
