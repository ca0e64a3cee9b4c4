/** Where paths in arguments lead (POSIX path resolution, 4.16), as far as the file system says now. */
import { readlink, realpath } from 'node:fs/promises';
import { dirname, isAbsolute, join, parse, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PathFacts, PathLead } from '../../services/proxy/ports.ts';

/** As Linux has it (path_resolution(7)). */
const MAX_LINKS = 40;
/** Relative paths are often meant relative to another argument, such as a repository. */
const MAX_BASES = 5;

/** `home` stands for `~`. A disk that has not answered after `deadlineMs` makes what is left uncertain. */
export function pathFacts(home: string, deadlineMs: number): PathFacts {
  return {
    async resolve(texts, folder) {
      const plain = texts.map(({ text }) => expand(text, home));
      const bases = [...new Set([folder, ...plain.filter((path) => isAbsolute(path))])].slice(0, MAX_BASES);
      const known = new Map<string, Promise<string | null>>();
      const follow = (path: string) => {
        const before = known.get(path) ?? real(path);
        known.set(path, before);
        return before;
      };
      const late = Promise.withResolvers<null>();
      const timer = setTimeout(() => late.resolve(null), deadlineMs);
      try {
        return await Promise.all(
          texts.map(async (text, index): Promise<PathLead> => {
            const path = plain[index] ?? text.text;
            const meant = isAbsolute(path) ? [path] : bases.map((base) => `${base}${sep}${path}`);
            const written = unique(meant.map((each) => resolve(each)));
            // A program may take out ".." before it follows links, or after.
            const asked = unique([...meant, ...written]);
            const found = await Promise.all(asked.map((each) => Promise.race([follow(each), late.promise])));
            const real = unique(found.filter((each) => each !== null));
            return { ...text, written, real, certain: found.every((each) => each !== null) };
          }),
        );
      } finally {
        clearTimeout(timer);
      }
    },
  };
}

const unique = (paths: readonly string[]) => [...new Set(paths)];

function expand(text: string, home: string): string {
  if (/^file:/i.test(text)) {
    try {
      return fileURLToPath(text);
    } catch {
      return text.replace(/^file:\/*/i, '/');
    }
  }
  return text.replace(/^(?:~(?=$|[/\\])|\$HOME\b|\$\{HOME\}|%USERPROFILE%)/i, () => home);
}

/** Every link followed, also of what does not exist yet; null when that cannot be known. */
async function real(path: string): Promise<string | null> {
  if (path.includes('\0')) return null;
  return realpath(path).catch((error: NodeJS.ErrnoException) => (error.code === 'ENOENT' ? walk(path) : null));
}

/** As `realpath`, but what is missing stands for itself, and so does the target of a link to it. */
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
