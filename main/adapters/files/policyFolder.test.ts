import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { policyFolders } from './policyFolder.ts';
import { watchedText } from './watchedText.ts';

test('the policies of all folders are read by name, the organisation’s first, and a new one is noticed', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'policies-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const [organisation, person] = [join(folder, 'organisation'), join(folder, 'policies')];
  await mkdir(organisation);
  await mkdir(person);
  await writeFile(join(person, 'b.cedar'), 'second');
  await writeFile(join(person, 'notes.txt'), 'not one');
  await writeFile(join(organisation, 'z.cedar'), 'theirs');
  const settings = await watchedText(join(folder, 'settings.json'));
  const policies = await policyFolders(
    [
      { folder: organisation, prefix: 'organisation/' },
      { folder: person, prefix: '' },
    ],
    settings,
  );
  onTestFinished(async () => void (await Promise.all([policies.close(), settings.close()])));
  expect(await policies.read()).toEqual([
    { file: 'organisation/z.cedar', text: 'theirs' },
    { file: 'b.cedar', text: 'second' },
  ]);

  for (const [place, name] of [
    [person, 'a.cedar'],
    [organisation, 'y.cedar'],
    [folder, 'settings.json'],
  ] as const) {
    const noticed = new Promise<void>((resolve) => policies.onChange(resolve));
    await writeFile(join(place, name), 'new');
    await noticed;
  }
  expect((await policies.read()).map(({ file }) => file)).toEqual([
    'organisation/y.cedar',
    'organisation/z.cedar',
    'a.cedar',
    'b.cedar',
    'settings.json',
  ]);
});

test('a folder that is taken away and made anew is watched again', async () => {
  const top = await mkdtemp(join(tmpdir(), 'policies-'));
  onTestFinished(() => rm(top, { recursive: true }));
  const folder = join(top, 'policies');
  await mkdir(folder);
  const settings = await watchedText(join(top, 'settings.json'));
  const policies = await policyFolders([{ folder, prefix: '' }], settings);
  onTestFinished(async () => void (await Promise.all([policies.close(), settings.close()])));
  const noticed = () => new Promise<void>((resolve) => policies.onChange(resolve));
  const gone = noticed();
  await rm(folder, { recursive: true });
  await gone;
  await expect(policies.read()).rejects.toThrow('ENOENT');
  const back = noticed();
  await mkdir(folder);
  await back;
  const written = noticed();
  await writeFile(join(folder, 'a.cedar'), 'new');
  await written;
  expect(await policies.read()).toEqual([{ file: 'a.cedar', text: 'new' }]);
});

test('what cannot be read is said of its file, holds nobody up and leaves the others as they are', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'policies-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, 'a.cedar'), 'fine');
  execFileSync('mkfifo', [join(folder, 'b.cedar')]);
  await mkdir(join(folder, 'c.cedar'));
  await symlink(join(folder, 'nowhere'), join(folder, 'd.cedar'));
  await writeFile(join(folder, 'e.cedar'), 'x'.repeat(9 * 1024 * 1024));
  const settings = await watchedText(join(folder, 'settings.json'));
  const policies = await policyFolders([{ folder, prefix: '' }], settings);
  onTestFinished(async () => void (await Promise.all([policies.close(), settings.close()])));
  expect(await policies.read()).toEqual([
    { file: 'a.cedar', text: 'fine' },
    { file: 'b.cedar', unread: expect.stringContaining('not a file') },
    { file: 'c.cedar', unread: expect.stringContaining('not a file') },
    { file: 'd.cedar', unread: expect.stringContaining('ENOENT') },
    { file: 'e.cedar', unread: expect.stringContaining('larger than') },
  ]);
});
