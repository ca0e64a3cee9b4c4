import type { Migration } from './database.ts';
import { BEGINNING } from './termQuery.ts';

/** `words.db`. What it holds is derived, so a new form of it begins empty and is made anew. */
export const INDEX_MIGRATIONS: readonly Migration[] = [
  `
CREATE VIRTUAL TABLE words USING fts5(terms, content='', contentless_delete=1, detail=none, tokenize='ascii');
CREATE TABLE progress(one INTEGER PRIMARY KEY CHECK(one = 1), next INTEGER NOT NULL, last TEXT) STRICT;
INSERT INTO progress VALUES (1, 0, NULL);
`,
  `
ALTER TABLE progress ADD COLUMN dropped INTEGER NOT NULL DEFAULT 0;
CREATE TABLE known(field TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY(field, value)) STRICT;
INSERT INTO words(words) VALUES ('delete-all');
UPDATE progress SET next = 0, last = NULL;
`,
  `
DROP TABLE words;
DROP TABLE progress;
CREATE VIRTUAL TABLE words USING fts5(
  terms, content='', contentless_delete=1, detail=none, tokenize='ascii', prefix='${BEGINNING}'
);
CREATE TABLE progress(
  one INTEGER PRIMARY KEY CHECK(one = 1), first INTEGER NOT NULL, filled INTEGER NOT NULL, next INTEGER NOT NULL,
  last TEXT, dropped INTEGER NOT NULL, shorn INTEGER NOT NULL
) STRICT;
INSERT INTO progress VALUES (1, 0, 0, 0, NULL, 0, 0);
CREATE TABLE sets(block INTEGER NOT NULL, term TEXT NOT NULL, places BLOB NOT NULL, PRIMARY KEY(block, term)) STRICT;
CREATE TABLE blocks(block INTEGER PRIMARY KEY) STRICT;
`,
  // Records are other words than before.
  'UPDATE progress SET next = 0, last = NULL;',
];
