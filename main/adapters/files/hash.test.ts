import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fileHasher } from './hash.ts';

/** Bytes this process has read from anywhere (proc_pid_io(5), rchar). */
const bytesRead = () => Number(/rchar: (\d+)/.exec(readFileSync('/proc/self/io', 'utf8'))?.[1]);

test.skipIf(process.platform !== 'linux')('a file that many want at once is read once', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hash-'));
  const file = join(folder, 'program');
  const bytes = Buffer.alloc(8 * 1024 * 1024, 'program');
  writeFileSync(file, bytes);
  const hash = fileHasher();
  const before = bytesRead();
  const found = await Promise.all(Array.from({ length: 12 }, () => hash(file)));
  expect(bytesRead() - before).toBeLessThan(2 * bytes.length);
  const sha256 = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
  expect(new Set(found.map((one) => one.sha256))).toEqual(new Set([sha256]));
  rmSync(folder, { recursive: true });
});
