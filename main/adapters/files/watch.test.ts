import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { watchFolder } from './watch.ts';

/** A watched folder, and what is told of it next. */
async function setting(...links: string[]) {
  const folder = await mkdtemp(join(tmpdir(), 'watch-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const loop = (name: string) => symlink(name, join(folder, name));
  for (const name of links) await loop(name);
  const told: (ReadonlySet<string> | null)[] = [];
  onTestFinished(await watchFolder(folder, (names) => told.push(names)));
  const sees = async (name: string) => {
    await writeFile(join(folder, name), 'new');
    await expect.poll(() => told.some((names) => names?.has(name)), { timeout: 5_000 }).toBe(true);
  };
  return { folder, told, loop, sees };
}

test('a link that leads to itself keeps no other file from being watched', async () => {
  const { sees } = await setting('loop');
  await sees('a.cedar');
  await sees('b.cedar');
});

test('nor does one that comes later: for the change that brought it, any file may have changed', async () => {
  const { told, loop, sees } = await setting();
  await sees('a.cedar');
  await loop('loop');
  await expect.poll(() => told.includes(null), { timeout: 5_000 }).toBe(true);
  await expect.poll(() => told.filter((names) => names === null).length, { timeout: 5_000 }).toBe(2);
  await sees('b.cedar');
  await sees('c.cedar');
});
