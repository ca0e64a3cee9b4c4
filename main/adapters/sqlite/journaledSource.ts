import { existsSync, readFileSync } from 'node:fs';
import type { LedgerEntry, LedgerSource, StoredRecord } from '../../services/audit/ports.ts';
import { decodeFrames } from './journalFrame.ts';
import { openLedgerSource } from './ledgerStore.ts';

/**
 * The ledger at `file` as it lies on the disk: the database, and behind it what only the journal beside it holds, as after
 * a crash or while a daemon is at work. Nothing is written.
 */
export function openJournaledSource(file: string): LedgerSource {
  // Read before the database: what it takes meanwhile is then there twice, and never missing.
  const journal = ['-entries-0', '-entries-1'].flatMap((name) => framesOf(`${file}${name}`));
  const source = openLedgerSource(file);
  const behind = new Map<number, LedgerEntry>();
  let end = source.size();
  for (const entry of journal.sort((a, b) => a.seq - b.seq)) {
    if (entry.seq !== end) continue;
    behind.set(end, entry);
    end += 1;
  }
  const tail = (from: number, limit: number, found: number) =>
    [...behind.values()].filter(({ seq }) => seq >= from).slice(0, Math.max(0, limit - found));
  return {
    ...source,
    size: () => end,
    records(from, limit) {
      const rows = source.records(from, limit);
      return [...rows, ...tail(from, limit, rows.length).map(rowOf)];
    },
    nodes(from, limit) {
      const rows = source.nodes(from, limit);
      return [...rows, ...tail(from, limit, rows.length).map(({ seq, nodes }) => ({ seq, hashes: nodes }))];
    },
    newest: (slot) => {
      const entry = [...behind.values()].findLast((one) => one.slot === slot);
      return entry === undefined ? source.newest(slot) : rowOf(entry);
    },
    segments: () => [...source.segments(), ...behind.keys()],
    payload: (seq) => behind.get(seq)?.payload ?? source.payload(seq),
  };
}

function framesOf(file: string): readonly LedgerEntry[] {
  return existsSync(file) ? decodeFrames(readFileSync(file)).entries : [];
}

function rowOf({ seq, record, leaf, slot }: LedgerEntry): StoredRecord {
  const { id, at, type, session = null, server = null, tool = null, decision = null, call = null } = record;
  return { seq, id, at, type, session, server, tool, decision, call, slot, leaf };
}
