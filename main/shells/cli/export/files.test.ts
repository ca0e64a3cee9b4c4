import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { csvHead } from '../../../adapters/export/csv.ts';
import type { ExportLine } from '../../../contract/export.ts';
import { CSV, jsonlTarget, OCSF, shapedTarget } from './files.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'export-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const header = '{"from":7}\n';

test.each([
  ['nothing in it', '', 0, ''],
  ['a header that was cut', '{"fr', 0, ''],
  ['a header alone', header, 7, header],
  ['a line that was cut', `${header}{"se`, 7, header],
  ['a cut line longer than what is read first', `${header}${'x'.repeat(200_000)}`, 7, header],
  [
    'a whole line longer than that',
    `{"from":3,"x":"${'é'.repeat(100_000)}"}\n{"`,
    3,
    `{"from":3,"x":"${'é'.repeat(100_000)}"}\n`,
  ],
])('a file with %s is gone on with behind its last whole line', async (_, text, from, left) => {
  const file = join(folder, 'all.jsonl');
  writeFileSync(file, text);
  expect((await jsonlTarget(file, true)).from).toBe(from);
  expect(readFileSync(file, 'utf8')).toBe(left);
});

test.each([
  ['jsonl', jsonlTarget, `${header}{"seq":0}\n`],
  ['csv', (to: string) => shapedTarget(CSV, to, false), csvHead()],
  ['ocsf', (to: string) => shapedTarget(OCSF, to, false), ''],
])('what a %s file held is gone once there is a page to put there, and not before', async (_, target, text) => {
  const file = join(folder, 'earlier');
  writeFileSync(file, 'an export of last week');
  const { take } = await target(file, false);
  expect(readFileSync(file, 'utf8')).toBe('an export of last week');
  const lines = target === jsonlTarget ? [{ seq: 0 } as ExportLine] : [];
  await take({ header: JSON.parse(header), lines });
  expect(readFileSync(file, 'utf8')).toBe(text);
});

test('what is no export is not written over', async () => {
  const file = join(folder, 'notes.txt');
  writeFileSync(file, 'dear diary\n');
  await expect(jsonlTarget(file, true)).rejects.toMatchObject({ refusal: { code: 'INPUT_INVALID' } });
  expect(readFileSync(file, 'utf8')).toBe('dear diary\n');
});
