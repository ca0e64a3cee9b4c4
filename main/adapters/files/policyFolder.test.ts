import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { policyFolder } from './policyFolder.ts';

test('the policies of a folder are read by name, and a new one is noticed', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'policies-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, 'b.cedar'), 'second');
  await writeFile(join(folder, 'notes.txt'), 'not one');
  const policies = await policyFolder(folder);
  onTestFinished(() => policies.close());
  expect(await policies.read()).toEqual([{ file: 'b.cedar', text: 'second' }]);

  const noticed = new Promise<void>((resolve) => policies.onChange(resolve));
  await writeFile(join(folder, 'a.cedar'), 'first');
  await noticed;
  expect((await policies.read()).map(({ file }) => file)).toEqual(['a.cedar', 'b.cedar']);
});
