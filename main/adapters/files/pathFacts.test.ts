import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { pathFacts } from './pathFacts.ts';

let folder: string;
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'countersign-paths-')));
  await mkdir(join(folder, 'work', 'deep'), { recursive: true });
  await mkdir(join(folder, 'secret'));
});
afterEach(() => rm(folder, { recursive: true }));

const at = (...names: string[]) => join(folder, ...names);
const whole = (text: string, pointer = '/path') => ({ pointer, text, whole: true, folder: false });
async function lead(text: string, deadlineMs = 5_000) {
  const [found] = await pathFacts(at('home'), deadlineMs).resolve([whole(text)], [at('work')]);
  if (found === undefined) throw new Error('no answer');
  return found;
}

it('follows a link, and says both what is written and where it leads', async () => {
  await symlink(at('secret'), at('work', 'link'));
  expect(await lead(at('work', 'link', 'key'))).toMatchObject({
    written: [at('work', 'link', 'key')],
    real: [at('secret', 'key')],
    certain: true,
  });
});

it('follows a link whose target does not exist yet: a write would make it there', async () => {
  await symlink('../secret/new', at('work', 'dangling'));
  expect((await lead(at('work', 'dangling'))).real).toEqual([at('secret', 'new')]);
  expect((await lead(at('work', 'dangling', 'below', 'it'))).real).toEqual([at('secret', 'new', 'below', 'it')]);
});

it('takes ".." both ways where a link makes a difference', async () => {
  await symlink(at('secret'), at('work', 'deep', 'link'));
  const { written, real } = await lead(`${at('work', 'deep', 'link')}/../x`);
  expect(written).toEqual([at('work', 'deep', 'x')]);
  expect(real.toSorted()).toEqual([at('work', 'deep', 'x'), at('x')].toSorted());
});

it('takes a relative path from the server’s folder and from the other paths of the call', async () => {
  const texts = [whole(at('work', 'deep'), '/repo'), whole('../../secret/key', '/files/0')];
  const [, relative] = await pathFacts(at('home'), 5_000).resolve(texts, [at('work')]);
  expect(relative?.real).toEqual([join(folder, '..', 'secret', 'key'), at('secret', 'key')]);
});

it('takes it from every folder that the server works in, and then it is not one place', async () => {
  const [found] = await pathFacts(at('home'), 5_000).resolve([whole('a.txt')], [at('work'), at('secret')]);
  expect(found).toMatchObject({ real: [at('work', 'a.txt'), at('secret', 'a.txt')], certain: true, several: true });
});

it('takes it from a relative folder of the same call', async () => {
  const texts = [{ ...whole('../secret', '/repo'), folder: true }, whole('key', '/file')];
  const [, file] = await pathFacts(at('home'), 5_000).resolve(texts, [at('work')]);
  expect(file?.real).toEqual([at('work', 'key'), at('secret', 'key')]);
});

it('is not certain of it behind more folders than are looked at: decoys hide none', async () => {
  const decoys = Array.from({ length: 20 }, (_, index) => whole(at(`decoy${index}`), `/d${index}`));
  const texts = [...decoys, whole(at('secret'), '/repo'), whole('key', '/file')];
  const leads = await pathFacts(at('home'), 5_000).resolve(texts, [at('work')]);
  expect(leads.at(-1)?.certain).toBe(false);
  expect(leads.at(-2)?.certain).toBe(true);
});

it('is not certain of what only the server knows: other homes, variables, other hosts, and what each process has behind a name', async () => {
  expect(await lead('~ada/.config/x')).toMatchObject({ written: [at('ada', '.config', 'x')], certain: false });
  expect(await lead('file://elsewhere/srv/x')).toMatchObject({ written: ['/srv/x'], certain: false });
  const own = ['/proc/self/cwd/../x', '/proc//self/./root/etc', `/proc/${process.pid}/fd/3`, '/dev/fd/3'];
  for (const text of ['$XDG_CONFIG_HOME/x', '%APPDATA%/x', ...own])
    expect((await lead(text)).certain, text).toBe(false);
  expect((await lead('/proc/self/status')).certain).toBe(true);
});

it.runIf(process.platform === 'linux')('nor of a link that leads through such a name, there or not', async () => {
  await symlink('/proc/self/cwd', at('work', 'here'));
  await symlink('/proc/thread-self/root/../../dev/fd', at('work', 'open'));
  await symlink(at('work', 'here'), at('work', 'again'));
  for (const path of ['here', 'here/no/such/file', 'again/../x', 'open/0'])
    expect((await lead(`${at('work')}/${path}`)).certain, path).toBe(false);
});

it('knows the home folder and file URLs', async () => {
  expect((await lead('~/.ssh/id')).written).toEqual([at('home', '.ssh', 'id')]);
  expect((await lead('$' + '{HOME}/x')).written).toEqual([at('home', 'x')]);
  expect((await lead(`file://${at('a%20b')}`)).written).toEqual([at('a b')]);
});

it('says when it cannot know: a loop, a zero byte, a disk that does not answer in time', async () => {
  await symlink(at('work', 'two'), at('work', 'one'));
  await symlink(at('work', 'one'), at('work', 'two'));
  expect((await lead(at('work', 'one', 'x'))).certain).toBe(false);
  expect((await lead(`${at('work')}/a\0b`)).certain).toBe(false);
  expect((await lead(at('work'), 0)).written).toEqual([at('work')]);
});

it('holds nobody up with what is late: a disk is asked no more', async () => {
  const texts = Array.from({ length: 1_000 }, (_, index) => whole(`${'x/../'.repeat(9)}${index}`, `/p/${index}`));
  const bases = Array.from({ length: 16 }, (_, index) => whole(at(`base${index}`), `/b/${index}`));
  const leads = await pathFacts(at('home'), 1).resolve([...texts, ...bases], [at('work')]);
  expect(leads[500]).toMatchObject({ real: [], certain: false });
  const began = performance.now();
  await realpath(folder);
  expect(performance.now() - began).toBeLessThan(1500);
});

it('leaves a file that is one as it is', async () => {
  await writeFile(at('work', 'a'), '');
  expect(await lead(at('work', 'a'))).toMatchObject({ real: [at('work', 'a')], certain: true });
});
