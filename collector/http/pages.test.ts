import { once } from 'node:events';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readPage } from './pages.ts';

const BYTES = 4_000_000;
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-pages-'));
  writeFileSync(join(folder, 'console.html'), '<p>');
  writeFileSync(join(folder, 'index.html'), '<p>');
  writeFileSync(join(folder, 'large.js'), Buffer.alloc(BYTES, ' '));
  symlinkSync('/etc/hostname', join(folder, 'link.js'));
});
afterAll(() => rmSync(folder, { recursive: true }));

test('a page is read only as far as somebody takes it', async () => {
  const page = await readPage(folder, '/large.js');
  await once(page?.body ?? fail(), 'readable');
  expect(page?.body.readableLength).toBeLessThan(BYTES / 10);
  page?.body.destroy();
});

test('the console’s own files are served, and nothing else', async () => {
  const page = await readPage(folder, '/');
  expect([page?.type, page && (await text(page.body))]).toEqual(['text/html; charset=utf-8', '<p>']);
  for (const path of [
    '/index.html',
    '/link.js',
    '/../large.js/../../etc/hostname.js',
    '/none.js',
    '/%E0%A4%A.js',
    '/'.repeat(9),
  ])
    expect(await readPage(folder, path), path).toBeNull();
});

function fail(): never {
  throw new Error('There is no such page.');
}
