import { createHash } from 'node:crypto';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clientFiles } from './clientFiles.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'client-files-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const path = () => join(folder, 'mcp.json');
const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');

test('a file is replaced whole, with the mode it had, and nothing is left beside it', async () => {
  writeFileSync(path(), 'before');
  chmodSync(path(), 0o640);
  await clientFiles.replace(path(), hashOf('before'), 'after');
  expect([readFileSync(path(), 'utf8'), statSync(path()).mode & 0o777]).toEqual(['after', 0o640]);
  expect(readdirSync(folder)).toEqual(['mcp.json']);
});

test('what a client writes while ours gets to the disk is not written over', async () => {
  writeFileSync(path(), 'before');
  const replacing = clientFiles.replace(path(), hashOf('before'), 'x'.repeat(4_000_000));
  while (readdirSync(folder).length === 1) await setImmediate();
  writeFileSync(path(), 'the client’s');
  await expect(replacing).rejects.toMatchObject({ refusal: { code: 'CLIENT_FILE_CHANGED' } });
  expect(readFileSync(path(), 'utf8')).toBe('the client’s');
  expect(readdirSync(folder)).toEqual(['mcp.json']);
});

test('what is larger than it may be is bad, and is not read', async () => {
  writeFileSync(path(), 'x'.repeat(11));
  expect(await clientFiles.read(path(), 10)).toMatchObject({ state: 'bad', message: expect.stringContaining('large') });
  expect(await clientFiles.read(path(), 11)).toMatchObject({ state: 'text' });
});

test('what is no UTF-8 is said to be so', async () => {
  writeFileSync(path(), Buffer.from([0x7b, 0xff, 0x7d]));
  expect(await clientFiles.read(path())).toEqual({ state: 'bad', message: 'it is not UTF-8 text' });
});

// Its first page is mapped by no process.
test.runIf(process.platform === 'linux')(
  'what opens and cannot be read is not taken for another encoding',
  async () => {
    expect(await clientFiles.read('/proc/self/mem')).toEqual({ state: 'bad', message: 'it cannot be read (EIO)' });
  },
);
