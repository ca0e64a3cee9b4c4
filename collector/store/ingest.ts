/** Taking a batch in: one transaction, under the lock of its device's head. */
import { sql, type UpdateObject } from 'kysely';
import type { SyncBatch } from '../../main/contract/collector.ts';
import { Refused } from '../../main/contract/refusal.ts';
import { EMPTY_FRONTIER } from '../../main/core/ledger/merkle.ts';
import { type Judged, judge, type Known } from '../verify/batch.ts';
import { readLedgerKey } from '../verify/deviceLog.ts';
import { packPeaks, unpackPeaks } from '../verify/peaks.ts';
import { type Received, receive } from '../verify/received.ts';
import { keepBreak, keepFirstBreak, MOST_OF_A_KIND } from './breaks.ts';
import type { Database, TenantTx } from './database.ts';
import type { EnrolledDevice } from './enrolments.ts';
import { type Head, headRow, type Standing, standingOf } from './heads.ts';
import { firstDifference, keepRecords } from './records.ts';
import type { Tables } from './schema.ts';

/** Cosigns a head that was seen. */
export type Witness = (note: string) => string;

interface Taken {
  readonly head: Standing;
  /** How many records were new. */
  readonly added: number;
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
): Promise<Taken> {
  const records = read(batch);
  // A refusal is committed too: what broke is recorded.
  const taken = await asTenant<Taken | Refused>(device.tenant, async (tx) => {
    const row = await headRow(tx, device).forUpdate().executeTakeFirstOrThrow();
    if (row.broken) return new Refused('CONTINUITY_BROKEN');
    const size = Number(row.size);
    const have = batch.epoch === row.epoch ? Math.max(0, Math.min(size - batch.from, records.length)) : 0;
    const from = batch.from + have;
    const fresh = records.slice(have);
    // What is here already must be the same; what is new must continue it.
    const differs = have > 0 ? await firstDifference(tx, device, batch, records.slice(0, have)) : null;
    if (differs !== null) {
      const why = `Record ${differs} is not the one that was received before.`;
      return refuseForEver(tx, device, row, batch, { as: 'altered', seq: differs, why });
    }
    // It was overtaken on its way: what it shows is no news, and no reason to think ill of the device.
    if (batch.turn !== row.turn) {
      const late = fresh.length === 0 && batch.epoch === row.epoch;
      return late ? { head: standingOf(row), added: 0 } : new Refused('SEQUENCE_GAP', String(size));
    }
    const judged = judge(logOf(device), knownOf(row), batch, from, fresh);
    if (judged.kind === 'gap') return new Refused('SEQUENCE_GAP', String(judged.size));
    if (judged.kind === 'unsigned') return new Refused('INPUT_INVALID', judged.why);
    if (judged.kind === 'broken') return refuseForEver(tx, device, row, batch, judged);
    if (judged.fresh && row.epoch > 0) await noteEpoch(tx, device, row, batch);
    await keep(tx, device, batch, from, fresh);
    const newer = judged.fresh || judged.head.size > Number(row.seen) || row.receipt === null;
    const head: Standing = {
      turn: row.turn + 1,
      epoch: batch.epoch,
      size: judged.frontier.size,
      seen: judged.head.size,
      receipt: newer ? witness(batch.note) : row.receipt,
    };
    await updateHead(tx, device, {
      ...head,
      peaks: packPeaks(judged.frontier),
      note: newer ? batch.note : row.note,
      sending: JSON.stringify(batch.sending),
      ...(fresh.length > 0 && { received_at: sql<Date>`now()` }),
    });
    return { head, added: fresh.length };
  });
  if (taken instanceof Refused) throw taken;
  return taken;
}

/** The device found a fault in what it keeps of records that are here. */
export async function report(
  { asTenant }: Database,
  device: EnrolledDevice,
  fault: { epoch: number; seq: number; message: string },
): Promise<void> {
  await asTenant(device.tenant, (tx) => keepBreak(tx, device, { kind: 'reported', ...fault }));
}

function read(batch: SyncBatch): Received[] {
  try {
    return batch.records.map(receive);
  } catch (error) {
    if (error instanceof TypeError) throw new Refused('INPUT_INVALID', error.message);
    throw error;
  }
}

function logOf({ ledgerKey }: EnrolledDevice) {
  const log = readLedgerKey(ledgerKey);
  if (log === null) throw new TypeError('A stored ledger key is none.');
  return log;
}

function knownOf({ epoch, size, peaks, note }: Head): Known {
  return { epoch, frontier: Number(size) === 0 ? EMPTY_FRONTIER : unpackPeaks(Number(size), peaks), note };
}

/** Two heads that contradict each other are kept, and nothing more is taken. */
async function refuseForEver(
  tx: TenantTx,
  device: EnrolledDevice,
  row: Head,
  { epoch, note }: SyncBatch,
  { as, seq, why }: Pick<Extract<Judged, { kind: 'broken' }>, 'as' | 'seq' | 'why'>,
): Promise<Refused> {
  const place = seq === null ? {} : { seq };
  await keepBreak(tx, device, { kind: as, epoch, ...place, message: why, known: row.note, shown: note });
  await updateHead(tx, device, { broken: true });
  return new Refused('CONTINUITY_BROKEN', why);
}

/** A ledger that begins anew stays visible for ever, and is no reason to stop: the device says so itself. */
async function noteEpoch(tx: TenantTx, device: EnrolledDevice, row: Head, { epoch, note }: SyncBatch): Promise<void> {
  const message = `The ledger goes on in epoch ${epoch}: it was cut, altered, restored or lost after ${row.size} records of epoch ${row.epoch} had been received.`;
  await keepBreak(tx, device, { kind: 'new-epoch', epoch, message, known: row.note, shown: note });
}

/** Keeps what continues, and what is wrong with it without breaking the tree. */
async function keep(
  tx: TenantTx,
  device: EnrolledDevice,
  { epoch, note }: SyncBatch,
  from: number,
  records: readonly Received[],
): Promise<void> {
  const parted = await keepRecords(tx, device, { epoch, from }, records);
  if (parted !== null) {
    const message = `From record ${parted} on, the records of epoch ${epoch} are not those of the one before.`;
    await keepFirstBreak(tx, device, { kind: 'altered', epoch, seq: parted, message });
  }
  const exchanged = records.flatMap(({ payloadFault }, at) => (payloadFault ? [from + at] : []));
  for (const seq of exchanged.slice(0, MOST_OF_A_KIND)) {
    const message = `The arguments or the result kept with record ${seq} are not those that it speaks of.`;
    await keepBreak(tx, device, { kind: 'payload', epoch, seq, message, shown: note });
  }
}

async function updateHead(
  tx: TenantTx,
  { tenant, device }: EnrolledDevice,
  change: UpdateObject<Tables, 'heads'>,
): Promise<void> {
  await tx
    .updateTable('heads')
    .set({ ...change, contact_at: sql<Date>`now()` })
    .where('tenant_id', '=', tenant)
    .where('device_id', '=', device)
    .execute();
}
