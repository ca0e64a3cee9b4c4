import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { witnessFile } from '../../adapters/keychain/witnessFile.ts';
import { SavedSearches } from './savedSearches.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'searches-'));
  path = join(folder, 'searches.json');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('searches are kept by name, replaced and dropped', async () => {
  const searches = new SavedSearches(witnessFile(path));
  expect(await searches.list()).toEqual([]);
  await Promise.all([
    searches.keep({ name: 'Denied', text: 'verdict:denied' }),
    searches.keep({ name: 'Alarms', text: 'type:alarm' }),
  ]);
  await searches.keep({ name: 'Denied', text: 'verdict:denied after:7d' });
  expect(await new SavedSearches(witnessFile(path)).list()).toEqual([
    { name: 'Alarms', text: 'type:alarm' },
    { name: 'Denied', text: 'verdict:denied after:7d' },
  ]);
  await searches.drop('Alarms');
  expect((await searches.list()).map(({ name }) => name)).toEqual(['Denied']);
});

test('a file that somebody broke holds none, and is whole again with the next', async () => {
  writeFileSync(path, '{"name":');
  const searches = new SavedSearches(witnessFile(path));
  expect(await searches.list()).toEqual([]);
  await searches.keep({ name: 'Mine', text: 'person:ada' });
  expect(await searches.list()).toHaveLength(1);
});
