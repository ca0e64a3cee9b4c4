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
  const size = source.size();
  /** The entries from `size` on, without a gap. */
  const behind: LedgerEntry[] = [];
  for (const entry of journal.sort((a, b) => a.seq - b.seq)) if (entry.seq === size + behind.length) behind.push(entry);
  /** What follows rows of the database, which may have taken some of them meanwhile. */
  const tail = (rows: readonly { readonly seq: number }[], from: number, limit: number) => {
    const first = Math.max(0, from - size, (rows.at(-1)?.seq ?? -1) + 1 - size);
    return behind.slice(first, first + limit - rows.length);
  };
  return {
    ...source,
    size: () => size + behind.length,
    records(from, limit) {
      const rows = source.records(from, limit);
      return [...rows, ...tail(rows, from, limit).map(rowOf)];
    },
    nodes(from, limit) {
      const rows = source.nodes(from, limit);
      return [...rows, ...tail(rows, from, limit).map(({ seq, nodes }) => ({ seq, hashes: nodes }))];
    },
    newest: (slot, most) => {
      const entry = behind.findLast((one) => one.slot === slot && one.seq < most);
      return entry === undefined ? source.newest(slot, most) : rowOf(entry);
    },
    segments: () => [...source.segments(), ...behind.map(({ seq }) => seq)],
    payload: (seq) => behind[seq - size]?.payload ?? source.payload(seq),
  };
}

function framesOf(file: string): readonly LedgerEntry[] {
  return existsSync(file) ? decodeFrames(readFileSync(file)).entries : [];
}

function rowOf({ seq, record, leaf, slot }: LedgerEntry): StoredRecord {
  const { id, at, type, session = null, server = null, tool = null, decision = null, call = null } = record;
  return { seq, id, at, type, session, server, tool, decision, call, slot, leaf };
}
