import type { Migration } from './database.ts';

/** Refuses changes to rows of a table, and their removal. */
function appendOnly(table: string): string {
  return ['UPDATE', 'DELETE']
    .map(
      (verb) => `
CREATE TRIGGER ${table}_no_${verb.toLowerCase()} BEFORE ${verb} ON ${table}
BEGIN SELECT RAISE(ABORT, '${table} is append only'); END;`,
    )
    .join('');
}

/**
 * `ledger.db`. Each further index costs a page in every commit, so there is none on the hot path: ids and times
 * are found by halving, since both run upwards within a segment, and everything else through the word index.
 */
export const LEDGER_MIGRATIONS: readonly Migration[] = [
  `
CREATE TABLE records(
  seq INTEGER PRIMARY KEY, id TEXT NOT NULL, at TEXT NOT NULL, type TEXT NOT NULL, session TEXT, server TEXT,
  tool TEXT, decision TEXT, call TEXT, slot TEXT, leaf BLOB NOT NULL
) STRICT;
CREATE INDEX records_slot ON records(slot, seq) WHERE slot IS NOT NULL;
CREATE TABLE nodes(seq INTEGER PRIMARY KEY, hashes BLOB NOT NULL) STRICT;
CREATE TABLE payloads(seq INTEGER PRIMARY KEY, key BLOB NOT NULL, codec INTEGER NOT NULL, body BLOB NOT NULL) STRICT;
CREATE TABLE checkpoints(
  number INTEGER PRIMARY KEY, size INTEGER NOT NULL, note TEXT NOT NULL, open_from INTEGER NOT NULL
) STRICT;
CREATE TABLE segments(first INTEGER PRIMARY KEY) STRICT;
${appendOnly('records')}
${appendOnly('nodes')}
${appendOnly('checkpoints')}
${appendOnly('segments')}
CREATE TRIGGER payloads_no_update BEFORE UPDATE ON payloads
BEGIN SELECT RAISE(ABORT, 'payloads may be dropped, never changed'); END;
`,
  // The newest head gives way to one over more, as long as the same key signs.
  `
DROP TRIGGER checkpoints_no_update;
CREATE TRIGGER checkpoints_no_update BEFORE UPDATE ON checkpoints
WHEN OLD.number <> (SELECT max(number) FROM checkpoints) OR NEW.number <> OLD.number OR NEW.size < OLD.size
BEGIN SELECT RAISE(ABORT, 'checkpoints is append only'); END;
`,
];
