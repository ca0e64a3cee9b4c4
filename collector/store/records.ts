/** The records of a device, as they are kept. */
import { sql } from 'kysely';
import { uuidv7 } from 'uuidv7';
import { sameBytes } from '../../main/core/ledger/proof.ts';
import type { Received } from '../verify/received.ts';
import { binaryArray } from './binaryArray.ts';
import type { TenantTx } from './database.ts';
import type { EnrolledDevice } from './enrolments.ts';
import { signatureOf } from './signature.ts';
import { Terms } from './words.ts';

/** Where records begin in which epoch of a ledger. */
export interface Place {
  readonly epoch: number;
  readonly from: number;
}

/** Sequence of the first of these records that is not the one kept; null when all are. */
export async function firstDifference(
  tx: TenantTx,
  device: EnrolledDevice,
  place: Place,
  records: readonly Received[],
): Promise<number | null> {
  const kept = await keptHashes(tx, device, place, records.length);
  const at = records.findIndex(({ hash }, index) => !isSame(kept.get(place.from + index), hash));
  return at < 0 ? null : place.from + at;
}

/**
 * Keeps these records. In a later epoch what is the same as before is here already; the answer is the first that is
 * another one than the epoch before had, null when there is none.
 */
export async function keepRecords(
  tx: TenantTx,
  device: EnrolledDevice,
  place: Place,
  records: readonly Received[],
): Promise<number | null> {
  const { epoch, from } = place;
  const before =
    epoch === 1 ? new Map<number, Buffer>() : await keptHashes(tx, device, { epoch: epoch - 1, from }, records.length);
  const rows = records.map((record, at) => ({ ...record, seq: from + at }));
  const added = rows.filter(({ hash, seq }) => !isSame(before.get(seq), hash));
  if (added.length > 0) {
    await keepRows(tx, device, epoch, added);
    await keepSegment(tx, device, place, records.length, added);
  }
  return added.find(({ seq }) => before.has(seq))?.seq ?? null;
}

const isSame = (kept: Buffer | undefined, hash: Uint8Array) => kept !== undefined && sameBytes(kept, hash);

/** The newest hash of each of these records up to this epoch: one that did not change is kept once. */
async function keptHashes(
  tx: TenantTx,
  { tenant, device }: EnrolledDevice,
  { epoch, from }: Place,
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

type Row = Received & { readonly seq: number };

async function keepRows(
  tx: TenantTx,
  { tenant, device }: EnrolledDevice,
  epoch: number,
  rows: readonly Row[],
): Promise<void> {
  const owner = sql`${tenant}::uuid, ${device}::uuid, ${epoch}::int, seq, current_date`;
  const hashes = binaryArray(
    'bytea',
    rows.map(({ hash }) => hash),
  );
  const forms = binaryArray(
    'text',
    rows.map(({ form }) => form),
  );
  const facets = binaryArray(
    'text',
    rows.map(({ form, facets: known }) => (form === 'facets' ? JSON.stringify(known) : null)),
  );
  const leaves = binaryArray(
    'text',
    rows.map(({ leaf }) => leaf),
  );
  await sql`insert into records(tenant_id, device_id, epoch, seq, received_on, hash, form, facets, leaf)
    select ${owner}, hash, form, facets::jsonb, leaf
    from unnest(${sequences(rows)}::bigint[], ${hashes}::bytea[], ${forms}::text[], ${facets}::text[], ${leaves}::text[])
      as r(seq, hash, form, facets, leaf)`.execute(tx);
  const payloads = rows.flatMap(({ payload, seq }) => (payload === null ? [] : [{ ...payload, seq }]));
  if (payloads.length === 0) return;
  const keys = binaryArray(
    'bytea',
    payloads.map(({ key }) => key),
  );
  const bodies = binaryArray(
    'bytea',
    payloads.map(({ body }) => body),
  );
  await sql`insert into payloads(tenant_id, device_id, epoch, seq, received_on, key, body)
    select ${owner}, key, body
    from unnest(${sequences(payloads)}::bigint[], ${keys}::bytea[], ${bodies}::bytea[]) as r(seq, key, body)`.execute(
    tx,
  );
}

const sequences = (rows: readonly { readonly seq: number }[]) => `{${rows.map(({ seq }) => seq).join(',')}}`;

/** What the batch may be found by. */
async function keepSegment(
  tx: TenantTx,
  { tenant, device }: EnrolledDevice,
  { epoch, from }: Place,
  count: number,
  rows: readonly Row[],
): Promise<void> {
  const terms = new Terms();
  for (const { facets, record, payload } of rows)
    terms.add({ facets, record, payload: payload?.body.toString() ?? null });
  await tx
    .insertInto('segments')
    .values({
      tenant_id: tenant,
      segment_id: uuidv7(),
      device_id: device,
      epoch,
      first: from,
      count,
      signature: signatureOf(terms.all),
    })
    .execute();
}
