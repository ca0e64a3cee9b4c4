import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { witnessFile } from '../../adapters/keychain/witnessFile.ts';
import { KeptRows } from '../tools/rows.fixture.ts';
import { SavedSearches } from './savedSearches.ts';

const by = { person: 'ada', via: 'control' } as const;
let audit: KeptRows;
let folder: string;
let path: string;
beforeEach(() => {
  audit = new KeptRows();
  folder = mkdtempSync(join(tmpdir(), 'searches-'));
  path = join(folder, 'searches.json');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('searches are kept by name, replaced and dropped', async () => {
  const searches = new SavedSearches(witnessFile(path), audit);
  expect(await searches.list()).toEqual([]);
  await Promise.all([
    searches.keep({ name: 'Denied', text: 'verdict:denied' }, by),
    searches.keep({ name: 'Alarms', text: 'type:alarm' }, by),
  ]);
  await searches.keep({ name: 'Denied', text: 'verdict:denied after:7d' }, by);
  expect(await new SavedSearches(witnessFile(path), audit).list()).toEqual([
    { name: 'Alarms', text: 'type:alarm' },
    { name: 'Denied', text: 'verdict:denied after:7d' },
  ]);
  await searches.drop('Alarms', by);
  expect((await searches.list()).map(({ name }) => name)).toEqual(['Denied']);
  expect(audit.drafts.at(-1)).toEqual({ type: 'config', event: 'search-dropped', ...by, detail: { name: 'Alarms' } });
});

test('a search that cannot be recorded is not kept', async () => {
  const searches = new SavedSearches(witnessFile(path), audit);
  audit.full = true;
  await expect(searches.keep({ name: 'Mine', text: 'person:ada' }, by)).rejects.toThrow(/audit/);
  expect(await searches.list()).toEqual([]);
});

test('a file that somebody broke holds none, and is whole again with the next', async () => {
  writeFileSync(path, '{"name":');
  const searches = new SavedSearches(witnessFile(path), audit);
  expect(await searches.list()).toEqual([]);
  await searches.keep({ name: 'Mine', text: 'person:ada' }, by);
  expect(await searches.list()).toHaveLength(1);
});
