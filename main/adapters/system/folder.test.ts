import { chmodSync, chownSync, lstatSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeOwnFolder } from './folder.ts';

let base: string;
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'countersign-folder-'));
});
afterEach(() => rmSync(base, { recursive: true }));

const modeOf = (path: string) => lstatSync(path).mode & 0o777;
const unsafe = /not this account/;

test('a folder is made for its owner alone, and again without harm', () => {
  const folder = join(base, 'a', 'b');
  makeOwnFolder(folder);
  makeOwnFolder(folder);
  expect(modeOf(folder)).toBe(0o700);
});

test('a folder others can read is closed to them', () => {
  const folder = join(base, 'readable');
  mkdirSync(folder, { mode: 0o755 });
  chmodSync(folder, 0o755);
  makeOwnFolder(folder);
  expect(modeOf(folder)).toBe(0o700);
});

test('a folder others can write to, a link and a file are refused', () => {
  const shared = join(base, 'shared');
  mkdirSync(shared);
  chmodSync(shared, 0o777);
  const link = join(base, 'link');
  symlinkSync(base, link);
  const file = join(base, 'file');
  writeFileSync(file, '');
  for (const path of [shared, link, file]) {
    expect(() => makeOwnFolder(path)).toThrow(unsafe);
  }
});

test('a folder of another account is refused', () => {
  const root = process.getuid?.() === 0;
  if (root) chownSync(base, 65534, 65534);
  expect(() => makeOwnFolder(root ? base : '/root')).toThrow(/another account/);
});
