/** Where paths in arguments lead (POSIX path resolution, 4.16), as far as the file system says now. */
import { readlink, realpath } from 'node:fs/promises';
import { dirname, isAbsolute, join, parse, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PathFacts, PathLead, PathText } from '../../services/proxy/ports.ts';

/** As Linux has it (path_resolution(7)). */
const MAX_LINKS = 40;
/** Relative paths are often meant relative to another argument, such as a repository. */
const MAX_BASES = 16;
/** Of many relative paths each is looked for in fewer folders. */
const MAX_PLACES = 2_000;
/** Texts that are followed at once: all other work with files waits behind them. */
const AT_ONCE = 16;
/** What each process finds something else behind (proc(5)): the server is not this process. */
const OWN_TO_EACH =
  /(?:^|\/)(?:proc\/(?:self|thread-self|\d+)\/(?:task\/\d+\/)?(?:cwd|root|exe|fd|map_files)|dev\/(?:fd|std(?:in|out|err)))(?:\/|$)/;

/** `home` stands for `~`. A disk that has not answered after `deadlineMs` makes what is left uncertain, and is asked no more. */
export function pathFacts(home: string, deadlineMs: number): PathFacts {
  return {
    async resolve(texts, folders) {
      const all = texts.map((text) => ({ text, ...expand(text.text, home) }));
      const bases = basesOf(all, folders);
      const relatives = all.filter(({ path }) => !isAbsolute(path)).length;
      const near = bases.slice(0, Math.min(MAX_BASES, Math.ceil(MAX_PLACES / relatives)));
      const known = new Map<string, Promise<string | null>>();
      const late = Promise.withResolvers<null>();
      let over = false;
      const timer = setTimeout(() => {
        over = true;
        late.resolve(null);
      }, deadlineMs);
      const follow = (path: string) => {
        if (over) return null;
        const found = known.get(path) ?? real(path);
        known.set(path, found);
        return Promise.race([found, late.promise]);
      };
      const leadOf = async ({ text, path, certain }: Expanded): Promise<PathLead> => {
        const relative = !isAbsolute(path);
        const meant = relative ? near.map((base) => `${base}${sep}${path}`) : [path];
        const written = unique(meant.map((each) => resolve(each)));
        // A program may take out ".." before it follows links, or after.
        const found = await Promise.all(unique([...meant, ...written]).map(follow));
        const real = unique(found.filter((each) => each !== null));
        const followed = real.length > 0 && found.every((each) => each !== null);
        const several = relative && folders.length > 1 ? { several: true } : {};
        const surely = certain && followed && !(relative && near.length < bases.length);
        return { ...text, written, real, certain: surely, ...several };
      };
      try {
        const leads: PathLead[] = [];
        for (let from = 0; from < all.length; from += AT_ONCE)
          leads.push(...(await Promise.all(all.slice(from, from + AT_ONCE).map(leadOf))));
        return leads;
      } finally {
        clearTimeout(timer);
      }
    },
  };
}

const unique = (paths: readonly string[]) => [...new Set(paths)];

interface Plain {
  readonly path: string;
  /** False where it stands for what only the server knows. */
  readonly certain: boolean;
}

interface Expanded extends Plain {
  readonly text: PathText;
}

/** The folders that relative paths may be meant from: the server's, what else is absolute, and relative ones named for a folder. */
function basesOf(all: readonly Expanded[], folders: readonly string[]): string[] {
  const named = all.flatMap(({ text, path }) => {
    if (isAbsolute(path)) return [path];
    return text.folder ? folders.map((each) => resolve(each, path)) : [];
  });
  return unique([...folders, ...named]);
}

function expand(text: string, home: string): Plain {
  if (/^file:/i.test(text)) {
    try {
      return { path: fileURLToPath(text), certain: true };
    } catch {
      // Of another machine, to some; to others the host says nothing.
      return { path: text.replace(/^file:(?:\/\/[^/]*)?\/*/i, '/'), certain: false };
    }
  }
  // Somebody's home folder by their name: beside this one, as far as can be known from here.
  if (/^~[a-z_][\w.-]*(?:[/\\]|$)/i.test(text)) return { path: join(dirname(home), text.slice(1)), certain: false };
  const path = text.replace(/^(?:~(?=$|[/\\])|\$HOME\b|\$\{HOME\}|%USERPROFILE%)/i, () => home);
  return { path, certain: !/^(?:\$\{?\w|%\w+%)/.test(path) };
}

/** Without what takes no part in it. */
const plainly = (path: string) =>
  path
    .split('/')
    .filter((name) => name !== '' && name !== '.')
    .join('/');

/** Every link followed, also of what does not exist yet; null when that cannot be known. */
async function real(path: string): Promise<string | null> {
  if (path.includes('\0') || OWN_TO_EACH.test(plainly(path))) return null;
  try {
    const found = await realpath(path);
    // Where a link was followed, it may have led through what is another thing to the server.
    const straight = found === resolve(path) && !path.includes('..');
    return straight || (await walk(path)) !== null ? found : null;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? walk(path) : null;
  }
}

/**
 * As `realpath`, but what is missing stands for itself, and so does the target of a link to it; null where a link leads
 * through what each process finds something else behind.
 */
async function walk(path: string): Promise<string | null> {
  let at = parse(path).root;
  const names = path.slice(at.length).split(sep).reverse();
  let links = 0;
  for (let name = names.pop(); name !== undefined; name = names.pop()) {
    if (name === '' || name === '.') continue;
    if (name === '..') {
      at = dirname(at);
      continue;
    }
    const next = join(at, name);
    if (OWN_TO_EACH.test(next)) return null;
    let target: string | null;
    try {
      target = await readlink(next);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== 'EINVAL' && code !== 'ENOENT' && code !== 'ENOTDIR' && code !== 'UNKNOWN') return null;
      target = null;
    }
    if (target === null) {
      at = next;
      continue;
    }
    links += 1;
    if (links > MAX_LINKS) return null;
    if (isAbsolute(target)) at = parse(target).root;
    names.push(
      ...target
        .slice(isAbsolute(target) ? at.length : 0)
        .split(sep)
        .reverse(),
    );
  }
  return at;
}
