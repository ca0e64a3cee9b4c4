import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openDatabase } from './database.ts';
import { IndexScrub, SCRUB } from './indexScrub.ts';
import { INDEX_MIGRATIONS } from './wordIndexSchema.ts';

test.each([
  ['loses its free pages', true],
  ['that was made otherwise keeps them, and that is the end of it', false],
])('a file %s', (_, shrinks) => {
  const folder = mkdtempSync(join(tmpdir(), 'scrub-'));
  const db = openDatabase(join(folder, 'words.db'), INDEX_MIGRATIONS, { shrinks });
  const scrub = new IndexScrub(db);
  const add = db.prepare('INSERT INTO words(rowid, terms) VALUES (CAST(? AS INTEGER), ?)');
  for (let row = 0; row < 3000; row += 1) add.run(row, `hocuspocus${row} kept`);
  db.exec('DELETE FROM words WHERE rowid > 0');
  let stage: number = SCRUB.marked;
  let steps = 0;
  for (; stage !== SCRUB.done && steps < 50; steps += 1) stage = db.transaction(() => scrub.step(stage))();
  expect(steps).toBeLessThan(50);
  const free = db.pragma('freelist_count', { simple: true });
  db.close();
  expect(free === 0).toBe(shrinks);
  rmSync(folder, { recursive: true });
});
