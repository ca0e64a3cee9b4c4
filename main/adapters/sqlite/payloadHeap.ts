/** How many payloads there are and how large, up to a place that limits set. */
import type Database from 'better-sqlite3';
import type { RetentionEffect } from '../../contract/retention.ts';
import type { KeptPayloads } from '../../services/audit/ports.ts';
import type { RecordRows } from './recordRows.ts';
import { firstReached } from './segments.ts';

/** See `LedgerStore.payloadsBelow`. */
export function payloadsBelow(db: Database.Database, records: RecordRows, limits: KeptPayloads): RetentionEffect {
  const { before, records: newest, bytes, most, notFrom = Number.MAX_SAFE_INTEGER } = limits;
  const places = [
    ...(before === undefined ? [] : [placeOf(records, before)]),
    ...(newest === undefined ? [] : [records.size() - newest]),
    ...(bytes === undefined ? [] : [placeBySize(db, bytes)]),
    ...(most === undefined ? [] : [most]),
  ];
  const below = Math.min(notFrom, Math.max(0, ...places));
  const sql = 'SELECT count(*) AS payloads, coalesce(sum(length(body)), 0) AS bytes FROM payloads WHERE seq < ?';
  const heap = db.prepare<[number], { payloads: number; bytes: number }>(sql).get(below);
  return { below, payloads: heap?.payloads ?? 0, bytes: heap?.bytes ?? 0 };
}

/** The first record from this time on; a clock that was set back keeps what came after it. */
function placeOf(records: RecordRows, before: string): number {
  for (const run of records.runs()) {
    const place = firstReached(run, (seq) => (records.one(seq)?.at ?? before) >= before);
    if (place < run.end) return place;
  }
  return records.size();
}

/** Behind the newest payload that does not fit any more. */
function placeBySize(db: Database.Database, bytes: number): number {
  let sum = 0;
  const sql = 'SELECT seq, length(body) AS size FROM payloads ORDER BY seq DESC';
  for (const { seq, size } of db.prepare<[], { seq: number; size: number }>(sql).iterate()) {
    sum += size;
    if (sum > bytes) return seq + 1;
  }
  return 0;
}
