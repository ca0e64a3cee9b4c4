import { createHash } from 'node:crypto';
import type Database from 'better-sqlite3';

const HASH_LENGTH = 32;
const sha256 = (...parts: Uint8Array[]): Buffer => createHash('sha256').update(Buffer.concat(parts)).digest();

/** Puts a record of a ledger again behind its newest one, with the tree over it (RFC 6962 section 2.1). */
export function appendAgain(ledger: Database.Database, id: string): void {
  const row = ledger.prepare('SELECT * FROM records WHERE id = ?').get(id) as { leaf: Buffer };
  const { end } = ledger.prepare('SELECT max(seq) + 1 AS end FROM records').get() as { end: number };
  const nodesOf = ledger.prepare<[number], Buffer>('SELECT hashes FROM nodes WHERE seq = ?').pluck();
  const nodes = [sha256(Buffer.of(0), row.leaf)];
  for (let level = 0, left = end; left % 2 === 1; level += 1, left = (left - 1) / 2) {
    // Each leaf keeps the hashes that it completes: a left neighbour's hash lies with the last leaf under it.
    const completed = nodesOf.get(left * 2 ** level - 1) as Buffer;
    const sibling = completed.subarray(level * HASH_LENGTH, (level + 1) * HASH_LENGTH);
    nodes.push(sha256(Buffer.of(1), sibling, nodes.at(-1) as Buffer));
  }
  const columns = '@seq, @id, @at, @type, @session, @server, @tool, @decision, @call, @slot, @leaf';
  ledger.prepare(`INSERT INTO records VALUES (${columns})`).run({ ...row, seq: end });
  ledger.prepare('INSERT INTO nodes VALUES (?, ?)').run(end, Buffer.concat(nodes));
  // Times and ids may run upwards again from here.
  ledger.prepare('INSERT INTO segments VALUES (?)').run(end);
}
