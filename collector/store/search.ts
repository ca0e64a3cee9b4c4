/** Searching across the devices of a tenant: batches that may hold it, newest first, then their records. */
import { sql } from 'kysely';
import type { z } from 'zod';
import type { FleetRecord, fleetPage, fleetQuery } from '../../main/contract/collector.ts';
import { Refused } from '../../main/contract/refusal.ts';
import { facetsOf } from '../../main/core/ledger/facets.ts';
import { readLeaf } from '../verify/received.ts';
import type { Database, TenantTx } from './database.ts';
import { probesOf } from './signature.ts';
import { timestampOf } from './time.ts';
import { UUID } from './uuid.ts';
import { facetTerm, hasTerms, wordsOf } from './words.ts';

type Query = z.infer<typeof fleetQuery>;
type Page = z.infer<typeof fleetPage>;

interface Segment {
  readonly segment_id: string;
  readonly device_id: string;
  readonly epoch: number;
  readonly first: string;
  readonly count: number;
  readonly received_at: Date;
}

/** Batches read in one go. */
const SEGMENTS = 8;
/** A search that finds little looks at so many candidates and then says where it stopped. */
const MOST_SEGMENTS = 400;
/** Characters of leaves and payloads in a page: records may be megabytes each. One alone is told of however long it is. */
const LONGEST_PAGE = 4 * 1024 * 1024;

/** A page of what matches all of the query; `next` goes on behind it. Throws `Refused('INPUT_INVALID')` for a cursor that is none. */
export async function search({ asTenant }: Database, tenant: string, query: Query): Promise<Page> {
  const words = [...new Set(wordsOf(query.words ?? ''))];
  const terms = [...facetsOfQuery(query), ...words];
  let at = readCursor(query.cursor);
  const found: FleetRecord[] = [];
  let length = 0;
  return asTenant(tenant, async (tx) => {
    const names = await deviceNames(tx, tenant);
    for (let looked = 0; looked < MOST_SEGMENTS; looked += SEGMENTS) {
      const segments = await candidates(tx, tenant, query.device, terms, at);
      for (const segment of segments) {
        const below = segment.segment_id === at.segment ? at.seq : Number.MAX_SAFE_INTEGER;
        for (const record of await recordsOf(tx, tenant, segment, below, names, words, terms)) {
          length += (record.leaf?.length ?? 0) + (record.payload?.length ?? 0);
          const full = found.length === query.limit || (found.length > 0 && length > LONGEST_PAGE);
          if (full) return { records: found, next: cursorAt(at) };
          found.push(record);
          at = { segment: segment.segment_id, seq: record.seq };
        }
        at = { segment: segment.segment_id, seq: 0 };
      }
      if (segments.length < SEGMENTS) return { records: found, next: null };
    }
    return { records: found, next: cursorAt(at) };
  });
}

function facetsOfQuery({ type, server, tool, decision }: Query): string[] {
  return Object.entries({ type, server, tool, decision }).flatMap(([name, value]) =>
    value === undefined ? [] : [facetTerm(name as 'type', value)],
  );
}

interface Position {
  /** Behind records of this batch with this sequence and above. */
  readonly segment: string;
  readonly seq: number;
}
const NEWEST: Position = { segment: 'ffffffff-ffff-ffff-ffff-ffffffffffff', seq: Number.MAX_SAFE_INTEGER };

const CURSOR = new RegExp(`^(${UUID}):(\\d{1,15})$`);

function readCursor(cursor: string | undefined): Position {
  if (cursor === undefined) return NEWEST;
  const [, segment, seq] = CURSOR.exec(cursor) ?? [];
  if (segment === undefined) throw new Refused('INPUT_INVALID', 'cursor');
  return { segment, seq: Number(seq) };
}

const cursorAt = ({ segment, seq }: Position) => `${segment}:${seq}`;

async function candidates(
  tx: TenantTx,
  tenant: string,
  device: string | undefined,
  terms: readonly string[],
  { segment, seq }: Position,
): Promise<Segment[]> {
  let from = tx
    .selectFrom('segments')
    .select(['segment_id', 'device_id', 'epoch', 'first', 'count', 'received_at'])
    .where('tenant_id', '=', tenant)
    .where('segment_id', seq > 0 ? '<=' : '<', segment);
  if (device !== undefined) from = from.where('device_id', '=', device);
  for (const probe of terms.flatMap(probesOf)) {
    from = from.where(sql<boolean>`get_bit(signature, (${probe}::bigint & (octet_length(signature) * 8 - 1))) = 1`);
  }
  return from.orderBy('segment_id', 'desc').limit(SEGMENTS).execute();
}

/** The records of a batch below a sequence that have all the terms, newest first. */
async function recordsOf(
  tx: TenantTx,
  tenant: string,
  segment: Segment,
  below: number,
  names: ReadonlyMap<string, string>,
  words: readonly string[],
  terms: readonly string[],
): Promise<FleetRecord[]> {
  const first = Number(segment.first);
  const end = Math.min(first + segment.count, below);
  const part = (table: 'records' | 'payloads') =>
    tx
      .selectFrom(table)
      .where('tenant_id', '=', tenant)
      .where('device_id', '=', segment.device_id)
      .where('epoch', '=', segment.epoch)
      .where('seq', '>=', first as never)
      .where('seq', '<', end as never);
  const all = await part('records').select(['seq', 'form', 'facets', 'leaf']).orderBy('seq', 'desc').execute();
  // Two plain ranges: joined, their plan would hang on statistics that new partitions do not have yet.
  const kept = await part('payloads').select(['seq', 'body']).execute();
  const bodies = new Map(kept.map(({ seq, body }) => [seq, body]));
  const rows = all.filter(({ form }) => form !== 'hash').map((row) => ({ ...row, body: bodies.get(row.seq) ?? null }));
  // Most rows of a batch are not meant: they are left out before anything is read closely.
  const meant = rows.filter(({ facets, leaf, body }) => {
    const text = `${leaf ?? JSON.stringify(facets)}${body ?? ''}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  return meant.flatMap(({ seq, form, facets, leaf, body }) => {
    const record = leaf === null ? null : readLeaf(leaf);
    const known = facets ?? (record === null ? {} : facetsOf(record));
    const payload = body === null ? null : body.toString();
    if (!hasTerms({ facets: known, record, payload }, terms)) return [];
    return [
      {
        device: segment.device_id,
        deviceName: names.get(segment.device_id) ?? '',
        epoch: segment.epoch,
        seq: Number(seq),
        form: form as FleetRecord['form'],
        facets: known,
        leaf,
        payload,
        receivedAt: timestampOf(segment.received_at),
      },
    ];
  });
}

async function deviceNames(tx: TenantTx, tenant: string): Promise<Map<string, string>> {
  const rows = await tx.selectFrom('devices').select(['device_id', 'name']).where('tenant_id', '=', tenant).execute();
  return new Map(rows.map(({ device_id, name }) => [device_id, name]));
}
