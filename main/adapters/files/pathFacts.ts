/** Where paths in arguments lead (POSIX path resolution, 4.16), as far as the file system says now. */
import { realpath } from 'node:fs/promises';
import { dirname, isAbsolute, join, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PathFacts, PathLead, PathText } from '../../services/proxy/ports.ts';
import { followLinks, isOwnToEach } from './links.ts';

/** Relative paths are often meant relative to another argument, such as a repository. */
const MAX_BASES = 16;
/** Of many relative paths each is looked for in fewer folders. */
const MAX_PLACES = 2_000;
/** Texts that are followed at once: all other work with files waits behind them. */
const AT_ONCE = 16;

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

/** Every link followed, also of what does not exist yet; null when that cannot be known. */
async function real(path: string): Promise<string | null> {
  if (path.includes('\0') || isOwnToEach(path)) return null;
  try {
    const found = await realpath(path);
    // Where a link was followed, it may have led through what is another thing to the server.
    const straight = found === resolve(path) && !path.includes('..');
    return straight || (await followLinks(path)) !== null ? found : null;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? followLinks(path) : null;
  }
}
