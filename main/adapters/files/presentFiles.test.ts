import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { presentFiles } from './presentFiles.ts';

const files = presentFiles(5000);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'present-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const at = (name: string) => join(folder, name);
const state = (name: string, content?: string | Uint8Array) => {
  if (content !== undefined) writeFileSync(at(name), content);
  return files.read(at(name));
};

test('text comes whole, byte order mark and all, with a version that moves with it', async () => {
  const first = await state('a', '\ufeffé\r\n');
  expect(first).toMatchObject({ kind: 'text', text: '\ufeffé\r\n', bytes: 7 });
  const second = await state('a', '\ufeffè\r\n');
  expect(second.kind === 'text' && first.kind === 'text' && second.version !== first.version).toBe(true);
});

test('what is no text, or too much of it, is said to be so', async () => {
  expect(await state('null', 'a\0b')).toMatchObject({ kind: 'binary', bytes: 3 });
  expect(await state('latin1', Uint8Array.of(0xe9, 0x61))).toMatchObject({ kind: 'binary' });
  expect(await state('large', 'x'.repeat(300_000))).toMatchObject({ kind: 'large', bytes: 300_000 });
});

test('a link is not followed, a pipe not opened, a folder not listed, and nothing is nothing', async () => {
  symlinkSync(at('a'), at('link'));
  expect(await state('link')).toEqual({ kind: 'unread', why: 'special' });
  execFileSync('mkfifo', [at('pipe')]);
  expect(await state('pipe')).toEqual({ kind: 'unread', why: 'special' });
  mkdirSync(at('folder'));
  expect(await state('folder')).toEqual({ kind: 'folder' });
  expect(await state('absent')).toEqual({ kind: 'absent' });
  expect(await state('a/below')).toEqual({ kind: 'absent' });
});
