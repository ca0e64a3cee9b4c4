/** Taking a batch in: one transaction, under the lock of its device's head. */
import { type Selectable, sql } from 'kysely';
import { uuidv7 } from 'uuidv7';
import type { DeviceHead, SyncBatch } from '../../main/contract/collector.ts';
import { Refused } from '../../main/contract/refusal.ts';
import { EMPTY_FRONTIER } from '../../main/core/ledger/merkle.ts';
import { sameBytes } from '../../main/core/ledger/proof.ts';
import { type Judged, judge } from '../verify/batch.ts';
import { readLedgerKey } from '../verify/deviceLog.ts';
import { packPeaks, unpackPeaks } from '../verify/peaks.ts';
import { type Received, receive } from '../verify/received.ts';
import { keepBreak } from './breaks.ts';
import type { Database, TenantTx } from './database.ts';
import type { EnrolledDevice } from './enrolments.ts';
import type { Tables } from './schema.ts';
import { signatureOf } from './signature.ts';
import { addTerms, searchText } from './words.ts';

/** Cosigns a head that was seen. */
export type Witness = (note: string) => string;

/** What came of a batch. A refusal is committed too: what broke is recorded. */
type Taken = { readonly head: DeviceHead } | { readonly refused: Refused };

/** How the device stands here. */
export async function headOf({ asTenant }: Database, device: EnrolledDevice): Promise<DeviceHead> {
  const row = await asTenant(device.tenant, (tx) => headRow(tx, device).executeTakeFirstOrThrow());
  if (row.broken) throw new Refused('CONTINUITY_BROKEN');
  return deviceHeadOf(row);
}

function deviceHeadOf(row: Pick<Head, 'turn' | 'epoch' | 'size' | 'seen' | 'receipt'>): DeviceHead {
  const { turn, epoch, size, seen, receipt } = row;
  return { turn, epoch, size: Number(size), seen: Number(seen), receipt };
}

/**
 * Takes what is new in a batch and answers with the receipt; a batch that was taken before changes nothing. Throws
 * `Refused` with CONTINUITY_BROKEN (recorded), SEQUENCE_GAP or INPUT_INVALID.
 */
export async function ingest(
  { asTenant }: Database,
  device: EnrolledDevice,
  batch: SyncBatch,
  witness: Witness,
): Promise<{ readonly head: DeviceHead; readonly added: number }> {
  const records = read(batch);
  let added = 0;
  const taken = await asTenant<Taken>(device.tenant, async (tx) => {
    const row = await headRow(tx, device).forUpdate().executeTakeFirstOrThrow();
    if (row.broken) return { refused: new Refused('CONTINUITY_BROKEN') };
    const size = Number(row.size);
    const log = readLedgerKey(device.ledgerKey);
    if (log === null) throw new TypeError('A stored ledger key is none.');
    const frontier = size === 0 ? EMPTY_FRONTIER : unpackPeaks(size, row.peaks);
    const known = { epoch: row.epoch, frontier, note: row.note };
    const have = batch.epoch === row.epoch ? Math.max(0, Math.min(size - batch.from, records.length)) : 0;
    const fresh = records.slice(have);
    const judged = await judgedBatch();
    if (judged.kind === 'late')
      return judged.refused ? { refused: new Refused('SEQUENCE_GAP', String(size)) } : { head: deviceHeadOf(row) };
    if (judged.kind === 'gap') return { refused: new Refused('SEQUENCE_GAP', String(judged.size)) };
    if (judged.kind === 'unsigned') return { refused: new Refused('INPUT_INVALID', judged.why) };
    if (judged.kind === 'broken') {
      const { as, seq, why } = judged;
      await keepBreak(tx, device, {
        kind: as,
        epoch: batch.epoch,
        seq,
        message: why,
        known: row.note,
        shown: batch.note,
      });
      await tx
        .updateTable('heads')
        .set({ broken: true, contact_at: sql<Date>`now()` })
        .where('tenant_id', '=', device.tenant)
        .where('device_id', '=', device.device)
        .execute();
      return { refused: new Refused('CONTINUITY_BROKEN', why) };
    }
    if (judged.fresh && row.epoch > 0) await noteEpoch(tx, device, row, batch);
    await keepRecords(tx, device, batch.epoch, batch.from + have, fresh);
    added = fresh.length;
    for (const [at, { payloadFault }] of fresh.entries()) {
      if (!payloadFault) continue;
      const seq = batch.from + have + at;
      const message = `The arguments or the result kept with record ${seq} are not those that it speaks of.`;
      await keepBreak(tx, device, {
        kind: 'payload',
        epoch: batch.epoch,
        seq,
        message,
        known: null,
        shown: batch.note,
      });
    }
    const newer = judged.fresh || judged.head.size > Number(row.seen) || row.receipt === null;
    const receipt = newer ? witness(batch.note) : row.receipt;
    await tx
      .updateTable('heads')
      .set({
        epoch: batch.epoch,
        size: judged.frontier.size,
        seen: judged.head.size,
        peaks: packPeaks(judged.frontier),
        note: newer ? batch.note : row.note,
        receipt,
        sending: JSON.stringify(batch.sending),
        turn: row.turn + 1,
        contact_at: sql<Date>`now()`,
        ...(fresh.length > 0 && { received_at: sql<Date>`now()` }),
      })
      .where('tenant_id', '=', device.tenant)
      .where('device_id', '=', device.device)
      .execute();
    const {
      frontier: { size: to },
      head: { size: seen },
    } = judged;
    return { head: { turn: row.turn + 1, epoch: batch.epoch, size: to, seen, receipt } };

    /** What is here already must be the same; what is new must continue it. */
    async function judgedBatch(): Promise<Judged | { readonly kind: 'late'; readonly refused: boolean }> {
      const differs = have > 0 ? await firstDifference(tx, device, batch, records.slice(0, have)) : null;
      if (differs !== null) {
        const why = `Record ${differs} is not the one that was received before.`;
        return { kind: 'broken', as: 'altered', seq: differs, why };
      }
      // It was overtaken on its way: what it shows is no news, and no reason to think ill of the device.
      if (batch.turn !== row.turn) return { kind: 'late', refused: fresh.length > 0 || batch.epoch !== row.epoch };
      return judge(log as NonNullable<typeof log>, known, batch, batch.from + have, fresh);
    }
  });
  if ('refused' in taken) throw taken.refused;
  return { head: taken.head, added };
}

/** The device found a fault in what it keeps of records that are here. */
export async function report(
  { asTenant }: Database,
  device: EnrolledDevice,
  { epoch, seq, message }: { epoch: number; seq: number; message: string },
): Promise<void> {
  await asTenant(device.tenant, (tx) =>
    keepBreak(tx, device, { kind: 'reported', epoch, seq, message, known: null, shown: null }),
  );
}

function read(batch: SyncBatch): Received[] {
  try {
    return batch.records.map(receive);
  } catch (error) {
    if (error instanceof TypeError) throw new Refused('INPUT_INVALID', error.message);
    throw error;
  }
}

type Head = Selectable<Tables['heads']>;

function headRow(tx: TenantTx, { tenant, device }: EnrolledDevice) {
  return tx.selectFrom('heads').selectAll().where('tenant_id', '=', tenant).where('device_id', '=', device);
}

/** Sequence of the first of these records that is not the one kept; null when all are. */
async function firstDifference(
  tx: TenantTx,
  { tenant, device }: EnrolledDevice,
  { epoch, from }: SyncBatch,
  records: readonly Received[],
): Promise<number | null> {
  const rows = await keptHashes(tx, tenant, device, epoch, from, records.length);
  const at = records.findIndex(({ hash }, index) => {
    const kept = rows.get(from + index);
    return kept === undefined || !sameBytes(kept, hash);
  });
  return at < 0 ? null : from + at;
}

/** The newest hash of each of these records up to this epoch: one that did not change is kept once. */
async function keptHashes(
  tx: TenantTx,
  tenant: string,
  device: string,
  epoch: number,
  from: number,
  count: number,
): Promise<Map<number, Buffer>> {
  const rows = await tx
    .selectFrom('records')
    .select(['seq', 'hash'])
    .where('tenant_id', '=', tenant)
    .where('device_id', '=', device)
    .where('epoch', '<=', epoch)
    .where('seq', '>=', from as never)
    .where('seq', '<', (from + count) as never)
    .orderBy('epoch')
    .execute();
  return new Map(rows.map(({ seq, hash }) => [Number(seq), hash]));
}

/** A ledger that begins anew stays visible for ever, and is no reason to stop: the device says so itself. */
async function noteEpoch(
  tx: TenantTx,
  device: EnrolledDevice,
  row: { readonly epoch: number; readonly size: string; readonly note: string | null },
  batch: SyncBatch,
): Promise<void> {
  const message = `The ledger goes on in epoch ${batch.epoch}: it was cut, altered, restored or lost after ${row.size} records of epoch ${row.epoch} had been received.`;
  await keepBreak(tx, device, {
    kind: 'new-epoch',
    epoch: batch.epoch,
    seq: null,
    message,
    known: row.note,
    shown: batch.note,
  });
}

async function keepRecords(
  tx: TenantTx,
  { tenant, device }: EnrolledDevice,
  epoch: number,
  from: number,
  records: readonly Received[],
): Promise<void> {
  if (records.length === 0) return;
  // In a later epoch what is the same as before is here already; the first that differs names where history parted.
  const before =
    epoch === 1 ? new Map<number, Buffer>() : await keptHashes(tx, tenant, device, epoch - 1, from, records.length);
  const rows = records.map((record, at) => ({ record, seq: from + at }));
  const parted = rows.find(({ record, seq }) => differs(before.get(seq), record.hash));
  if (parted !== undefined) {
    const message = `From record ${parted.seq} on, the records of epoch ${epoch} are not those of the one before.`;
    const first = await firstParting(tx, tenant, device, epoch);
    if (!first)
      await keepBreak(
        tx,
        { tenant, device },
        { kind: 'altered', epoch, seq: parted.seq, message, known: null, shown: null },
      );
  }
  const added = rows.filter(({ record, seq }) => !before.get(seq)?.equals(record.hash));
  if (added.length === 0) return;
  const json = JSON.stringify(
    added.map(({ record, seq }) => ({
      seq,
      hash: record.hash.toString('hex'),
      form: record.form,
      facets: record.form === 'facets' ? record.facets : null,
      leaf: record.leaf,
    })),
  );
  await sql`insert into records(tenant_id, device_id, epoch, seq, received_on, hash, form, facets, leaf)
    select ${tenant}::uuid, ${device}::uuid, ${epoch}::int, seq, current_date, decode(hash, 'hex'), form, facets, leaf
    from json_to_recordset(${json}::json) as r(seq bigint, hash text, form text, facets jsonb, leaf text)`.execute(tx);
  const payloads = added.flatMap(({ record: { payload }, seq }) =>
    payload === null ? [] : [{ seq, key: payload.key.toString('base64'), body: payload.body.toString('base64') }],
  );
  if (payloads.length > 0) {
    await sql`insert into payloads(tenant_id, device_id, epoch, seq, received_on, key, body)
      select ${tenant}::uuid, ${device}::uuid, ${epoch}::int, seq, current_date, decode(key, 'base64'), decode(body, 'base64')
      from json_to_recordset(${JSON.stringify(payloads)}::json) as r(seq bigint, key text, body text)`.execute(tx);
  }
  const terms = new Set<string>();
  for (const { record } of added) {
    const text = record.record && searchText(record.record);
    addTerms({ facets: record.facets, text, payload: record.payload?.body.toString() ?? null }, terms);
  }
  await tx
    .insertInto('segments')
    .values({
      tenant_id: tenant,
      segment_id: uuidv7(),
      device_id: device,
      epoch,
      first: from,
      count: records.length,
      signature: signatureOf(terms),
    })
    .execute();
}

const differs = (kept: Buffer | undefined, hash: Buffer) => kept !== undefined && !kept.equals(hash);

/** Whether it was said before where this epoch parted from the one before. */
async function firstParting(tx: TenantTx, tenant: string, device: string, epoch: number): Promise<boolean> {
  const row = await tx
    .selectFrom('breaks')
    .select('break_id')
    .where('tenant_id', '=', tenant)
    .where('device_id', '=', device)
    .where('epoch', '=', epoch)
    .where('kind', '=', 'altered')
    .executeTakeFirst();
  return row !== undefined;
}
