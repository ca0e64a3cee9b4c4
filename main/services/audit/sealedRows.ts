/** Decisions a person made, each with a MAC and with the record that bears witness (SECURITY.md rule 1). */
import { Refused } from '../../contract/errors.ts';
import type { Payload, RecordDraft } from '../../contract/record.ts';
import { canonicalJson } from '../../core/ledger/canonical.ts';
import { utf8 } from '../../core/ledger/utf8.ts';
import type { NewId } from '../clock.ts';
import type { DeviceKeys } from '../vault/ports.ts';
import type { Decisions } from './decisions.ts';
import { slotOf } from './dropped.ts';
import type { LedgerWriter } from './ledgerWriter.ts';
import type { LedgerCrypto, SealedKind, SealedRow, SealedRows, SealStore, StoredSeal } from './ports.ts';

const PURPOSE = 'sealed-row';
const ALTERED = 'records of decisions were altered';
/**
 * The row without which more is allowed than with it, even when nobody knows whether there was one: the accepted policies.
 * A lost switch needs no such care, since no server starts before a person agrees to it again.
 */
const NEEDED = { kind: 'policy', key: 'person' } as const;

export interface SealedRowsDeps {
  readonly seals: SealStore;
  readonly decisions: Decisions;
  readonly writer: LedgerWriter;
  readonly crypto: LedgerCrypto;
  readonly keys: DeviceKeys;
  readonly newId: NewId;
}

/** Opens the rows: finishes what a crash left half done, and reports every row that is void or gone. */
export function openSealedRows(deps: SealedRowsDeps): SealedRows {
  const { seals, decisions, writer, crypto, keys, newId } = deps;
  const { witnesses } = decisions;
  const voids: { kind: string; key: string; why: string }[] = [];

  const digest = (value: unknown): string =>
    `sha256:${Buffer.from(crypto.sha256(utf8(canonicalJson(value)))).toString('hex')}`;
  const slotFor = (kind: string, key: string): string => slotOf(crypto.sha256, kind, key);
  const rowDigest = ({ kind, key, body }: Pick<StoredSeal, 'kind' | 'key' | 'body'>): string =>
    digest({ kind, key, body });
  const macOf = ({ kind, key, body, record }: Omit<StoredSeal, 'mac' | 'pending'>): Uint8Array =>
    keys.mac(PURPOSE, utf8(canonicalJson({ kind, key, body, record })));
  /** Stands for the digest of a row whose records were altered: no row has it. */
  const LOST = digest({ lost: true });

  function faultOf(seal: StoredSeal): string | null {
    if (Buffer.compare(seal.mac, macOf(seal)) !== 0) return 'it was not written by this device';
    // The newest record about this row; earlier ones no longer speak for it.
    const record = witnesses.newest(slotFor(seal.kind, seal.key));
    if (record === undefined) return 'the ledger has no record of it';
    if (record.row === LOST) return ALTERED;
    if (record.id !== seal.record || record.row !== rowDigest(seal)) return 'the ledger’s newest record says otherwise';
    return null;
  }

  function report(kind: string, key: string, why: string, evidence: string): void {
    if (voids.some((one) => one.kind === kind && one.key === key && one.why === why)) return;
    voids.push({ kind, key, why });
    // Its record is an alarm already.
    if (why === ALTERED) return;
    const slot = digest({ void: [kind, key, why, evidence] });
    if (witnesses.newest(slot) !== undefined) return;
    const reason = `The stored ${kind} “${key}” does not count: ${why}.`;
    writer.write({ type: 'alarm', event: 'row-void', reason, detail: { kind, key } }, undefined, { slot });
  }

  function valid<T>(seal: StoredSeal): SealedRow<T> | undefined {
    const fault = faultOf(seal);
    if (fault !== null) {
      report(seal.kind, seal.key, fault, digest({ ...seal, mac: Buffer.from(seal.mac).toString('hex') }));
      return undefined;
    }
    return { key: seal.key, body: JSON.parse(seal.body) as T, record: seal.record };
  }

  /** A pending row became the row if its record was written; otherwise nobody was told that it would. */
  function finish(pending: StoredSeal): void {
    if (faultOf(pending) === null) seals.promote(pending.kind, pending.key);
    else seals.drop(pending.kind, pending.key, true);
  }

  function findGone(): void {
    const here = new Set(seals.rows().map(({ kind, key }) => slotFor(kind, key)));
    for (const [slot, { row, kind, key, id }] of witnesses.all()) {
      if (row === null || here.has(slot)) continue;
      report(kind, key, row === LOST ? ALTERED : 'it was removed without a record', id);
    }
  }

  /** From here on a record of ours is the newest of every slot again, and says that its row does not count. */
  function lose(): void {
    const { fault, lost, incomplete } = decisions;
    if (fault === null) return;
    const slots = new Map(lost.map(({ slot, row }) => [slot, row]));
    if (incomplete) slots.set(slotFor(NEEDED.kind, NEEDED.key), NEEDED);
    for (const [slot, row] of slots) {
      const reason =
        row === null
          ? 'What was recorded here no longer counts: records of decisions were altered.'
          : `The stored ${row.kind} “${row.key}” does not count: ${ALTERED}.`;
      const said = row !== null && { digests: { row: LOST }, detail: { ...row, row: row.key } };
      writer.write({ type: 'alarm', event: 'row-void', reason, ...said }, undefined, { slot });
    }
  }

  lose();
  for (const seal of seals.rows()) if (seal.pending) finish(seal);
  for (const seal of seals.rows()) valid(seal);
  findGone();

  return {
    get<T>(kind: SealedKind, key: string) {
      const seal = seals.row(kind, key);
      return seal && valid<T>(seal);
    },
    list: <T>(kind: SealedKind) =>
      seals
        .rows()
        .filter((seal) => seal.kind === kind && !seal.pending)
        .flatMap((seal) => valid<T>(seal) ?? []),
    put<T>(kind: SealedKind, key: string, body: T, draft: RecordDraft, payload?: Payload) {
      const text = canonicalJson(body);
      const id = newId();
      const bare = { kind, key, body: text, record: id };
      // First the row, not yet in force, then its record, then the row in force: a crash in between leaves the old one or the new one.
      seals.keep({ ...bare, mac: macOf(bare), pending: true });
      try {
        const digests = { ...draft.digests, row: rowDigest(bare) };
        writer.write({ ...draft, digests, detail: { ...draft.detail, row: key } }, payload, {
          slot: slotFor(kind, key),
          id,
        });
      } catch (error) {
        seals.drop(kind, key, true);
        throw error instanceof Refused ? error : new Refused('AUDIT_UNAVAILABLE');
      }
      seals.promote(kind, key);
      return { key, body: JSON.parse(text) as T, record: id };
    },
    remove(kind: SealedKind, key: string, draft: RecordDraft) {
      writer.write({ ...draft, detail: { ...draft.detail, row: key } }, undefined, { slot: slotFor(kind, key) });
      seals.drop(kind, key, false);
    },
    voids: () => [...voids],
  };
}
