import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pageFile } from './pageFile.ts';
import { APPROVAL_PAGE, MAIN_PAGE } from './pages.ts';

let folder: string;
let root: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'pages-'));
  root = join(folder, 'renderer');
  mkdirSync(join(root, 'assets'), { recursive: true });
  for (const file of ['index.html', 'approval.html', 'gallery.html', 'assets/a.js', 'assets/a.exe', '../secret.js']) {
    writeFileSync(join(root, file), file);
  }
  symlinkSync(join(folder, 'secret.js'), join(root, 'assets', 'link.js'));
});
afterAll(() => rmSync(folder, { recursive: true }));

test('each page gets its own document and the shared assets', async () => {
  expect(await pageFile(MAIN_PAGE, root, 'app://countersign/index.html')).toEqual({
    path: join(root, 'index.html'),
    type: 'text/html; charset=utf-8',
  });
  expect(await pageFile(APPROVAL_PAGE, root, 'approval://prompt/approval.html')).not.toBeNull();
  expect(await pageFile(APPROVAL_PAGE, root, 'approval://prompt/assets/a.js')).not.toBeNull();
});

test.each([
  'app://countersign/approval.html',
  'app://countersign/gallery.html',
  'app://countersign/',
  'app://countersign/assets/missing.js',
  'app://countersign/assets/a.exe',
  'app://countersign/assets/link.js',
  'app://countersign/../secret.js',
  'app://countersign/assets/../../secret.js',
  'app://countersign/assets/%2e%2e/%2e%2e/secret.js',
  'app://countersign/assets/..%2f..%2fsecret.js',
  'app://countersign/assets/..%5c..%5csecret.js',
  'app://countersign/assets/a.js%00.html',
  'app://countersign/%E0%A4%A',
  'app://countersign.evil/index.html',
  'app://evil/index.html',
  'approval://prompt/approval.html',
  'file:///etc/hostname',
  'nonsense',
])('%s is nothing the main page may read', async (url) => {
  expect(await pageFile(MAIN_PAGE, root, url)).toBeNull();
});
