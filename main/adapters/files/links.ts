/** Links of a path one by one (POSIX path resolution, 4.16). */
import { readlink } from 'node:fs/promises';
import { dirname, isAbsolute, join, parse, sep } from 'node:path';

/** As Linux has it (path_resolution(7)). */
const MAX_LINKS = 40;
/** What each process finds something else behind (proc(5)): the server is not this process. */
const OWN_TO_EACH =
  /(?:^|\/)(?:proc\/(?:self|thread-self|\d+)\/(?:task\/\d+\/)?(?:cwd|root|exe|fd|map_files)|dev\/(?:fd|std(?:in|out|err)))(?:\/|$)/;

/** Whether a path as written names what is another thing to each process. */
export function isOwnToEach(path: string): boolean {
  // Without what takes no part in it.
  const names = path.split('/').filter((name) => name !== '' && name !== '.');
  return OWN_TO_EACH.test(names.join('/'));
}

/**
 * As `realpath`, but what is missing stands for itself, and so does the target of a link to it; null where a link leads
 * through what each process finds something else behind.
 */
export async function followLinks(path: string): Promise<string | null> {
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
