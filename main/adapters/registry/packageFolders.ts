/** The product's own store of packages, below the state folder. */
import { createHash } from 'node:crypto';
import type { BigIntStats } from 'node:fs';
import { chmod, lstat, mkdir, readdir, readFile, readlink, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PackageFolders, Remembered, StoreContents } from '../../services/packages/ports.ts';
import { makeOwnFolder } from '../system/folder.ts';

/** Answers that are kept; the oldest go first. */
const ANSWERS = 100;
/** npm's cache is emptied beyond this, in bytes. */
const CACHE_BYTES = 256 * 1024 * 1024;
/** Files looked at side by side. */
const AT_ONCE = 64;

/** `root` is this daemon's alone. */
export async function packageFolders(root: string): Promise<PackageFolders> {
  for (const part of ['', 'store', 'locks', 'answers']) makeOwnFolder(join(root, part));
  await removeHalfMade(root);
  await boundCache(join(root, 'cache'));
  const folder = (key: string) => join(root, 'store', key);
  const lockFile = (digest: string) => join(root, 'locks', `${digest.replace('sha256:', '')}.json`);
  const answer = (key: string) => join(root, 'answers', `${key}.json`);
  const hashed = new Map<string, { readonly identity: string; readonly text: string }>();

  return {
    folder,
    contents: (key) => contentsOf(folder(key), hashed),
    async keepList(key, files) {
      await writeFile(`${folder(key)}.files.json`, JSON.stringify([...files]), { mode: 0o600 });
    },
    async list(key) {
      const rows = await json<[string, string][]>(`${folder(key)}.files.json`);
      return rows && new Map(rows);
    },
    lock: (digest) => readFile(lockFile(digest), 'utf8').catch(() => null),
    keepLock: (digest, text) => writeFile(lockFile(digest), text, { mode: 0o600 }),
    seal: (key) => sealTree(folder(key), 0o500, 0o400),
    async remove(key) {
      await sealTree(folder(key), 0o700, 0o600).catch(() => {});
      await rm(folder(key), { recursive: true, force: true });
      await rm(`${folder(key)}.files.json`, { force: true });
    },
    keys: async () => (await readdir(join(root, 'store'))).filter((name) => /^[0-9a-f]{32}$/.test(name)),
    locks: async () =>
      (await readdir(join(root, 'locks'))).flatMap((name) => {
        const digest = /^([0-9a-f]{64})\.json$/.exec(name)?.[1];
        return digest === undefined ? [] : [`sha256:${digest}`];
      }),
    removeLock: (digest) => rm(lockFile(digest), { force: true }),
    recall: (key) => json<Remembered>(answer(key)),
    async remember(key, remembered) {
      await writeFile(answer(key), JSON.stringify(remembered), { mode: 0o600 });
      await boundAnswers(join(root, 'answers'));
    },
  };
}

async function json<T>(file: string): Promise<T | null> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch {
    return null;
  }
}

/** Every file with its digest and whether it may be executed; links as where they point. Digests of unchanged files are remembered. */
async function contentsOf(
  root: string,
  hashed: Map<string, { readonly identity: string; readonly text: string }>,
): Promise<StoreContents | null> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true }).catch(() => null);
  if (entries === null) return null;
  const paths = entries.filter((entry) => !entry.isDirectory()).map((entry) => join(entry.parentPath, entry.name));
  const files = new Map<string, string>();
  for (let at = 0; at < paths.length; at += AT_ONCE) {
    const part = paths.slice(at, at + AT_ONCE);
    const texts = await Promise.all(part.map((path) => textOf(path, hashed)));
    for (const [index, path] of part.entries())
      files.set(path.slice(root.length + 1).replaceAll('\\', '/'), texts[index] ?? '');
  }
  const sorted = new Map([...files].toSorted(([a], [b]) => (a < b ? -1 : 1)));
  const digest = createHash('sha256')
    .update(JSON.stringify([...sorted]))
    .digest('hex');
  return { digest: `sha256:${digest}`, files: sorted };
}

async function textOf(
  path: string,
  hashed: Map<string, { readonly identity: string; readonly text: string }>,
): Promise<string> {
  try {
    const facts = await lstat(path, { bigint: true });
    const identity = identityOf(facts);
    const known = hashed.get(path);
    if (known?.identity === identity) return known.text;
    const text = await freshText(path, facts);
    if (identityOf(await lstat(path, { bigint: true })) === identity) hashed.set(path, { identity, text });
    return text;
  } catch (error) {
    return `unreadable: ${(error as NodeJS.ErrnoException).code}`;
  }
}

async function freshText(path: string, facts: BigIntStats): Promise<string> {
  if (facts.isSymbolicLink()) return `link ${await readlink(path)}`;
  if (!facts.isFile()) return 'neither file nor link';
  const digest = createHash('sha256')
    .update(await readFile(path))
    .digest('hex');
  return `${(facts.mode & 0o111n) === 0n ? '' : 'executable '}sha256:${digest}`;
}

function identityOf({ dev, ino, size, mode, mtimeNs, ctimeNs }: BigIntStats): string {
  return [dev, ino, size, mode, mtimeNs, ctimeNs].join(' ');
}

/** Folders and files of a tree get these modes; what was executable stays so for its owner. */
async function sealTree(root: string, folders: number, files: number): Promise<void> {
  // A folder must be open before what is in it can be reached, and may be closed only after.
  if ((folders & 0o200) !== 0) await chmod(root, folders);
  for (const entry of await readdir(root, { withFileTypes: true })) {
    const path = join(root, entry.name);
    if (entry.isDirectory()) await sealTree(path, folders, files);
    else if (entry.isFile()) await chmod(path, ((await stat(path)).mode & 0o100) | files);
  }
  await chmod(root, folders);
}

/** What a daemon that was killed left half installed, and the folders of its look-ups. */
async function removeHalfMade(root: string): Promise<void> {
  const jobs = (await readdir(root)).filter((name) => name.startsWith('job-'));
  const halves = (await readdir(join(root, 'store'))).filter((name) => name.endsWith('.new'));
  for (const path of [...jobs, ...halves.map((name) => join('store', name))])
    await rm(join(root, path), { recursive: true, force: true });
}

async function boundAnswers(folder: string): Promise<void> {
  const names = await readdir(folder);
  if (names.length <= ANSWERS) return;
  // One that is gone by now was the oldest to another answer that came.
  const age = (name: string) =>
    stat(join(folder, name)).then(
      ({ mtimeMs }) => mtimeMs,
      () => 0,
    );
  const aged = await Promise.all(names.map(async (name) => ({ name, at: await age(name) })));
  const old = aged.toSorted((a, b) => b.at - a.at).slice(ANSWERS);
  await Promise.all(old.map(({ name }) => rm(join(folder, name), { force: true })));
}

async function boundCache(folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  let bytes = 0;
  for (const entry of entries) if (entry.isFile()) bytes += (await stat(join(entry.parentPath, entry.name))).size;
  if (bytes > CACHE_BYTES) await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true, mode: 0o700 });
}
