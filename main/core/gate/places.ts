/** Folders and what lies in them, compared by component and never as text (SECURITY.md incident 5). */

/** Folders and files that hold keys: what is below them is never part of a grant. */
const CREDENTIALS = new Set([
  '.ssh',
  '.aws',
  '.azure',
  '.gnupg',
  '.kube',
  '.docker',
  '.netrc',
  '.npmrc',
  '.pypirc',
  '.git-credentials',
  '.env',
  'gcloud',
  'keyrings',
]);

/** A folder this near the root holds too much to be granted at once. */
const LEAST_DEPTH = 2;

const components = (path: string): string[] => path.split(/[/\\]+/).filter((part) => part !== '');

/** Whether an absolute, resolved path is this folder or lies below it. */
export function isInside(folder: string, path: string): boolean {
  const [outer, inner] = [components(folder), components(path)];
  return outer.length <= inner.length && outer.every((part, index) => part === inner[index]);
}

export function holdsCredentials(path: string): boolean {
  return components(path).some((part) => CREDENTIALS.has(part.toLowerCase()) || part.startsWith('.env.'));
}

/**
 * The narrowest folder all these absolute, resolved paths lie in; null when it is near the root, or holds the person's
 * home folder.
 */
export function commonFolder(paths: readonly string[], home: string): string | null {
  const [first, ...rest] = paths;
  if (first === undefined) return null;
  let depth = components(first).length - 1;
  for (const path of rest) {
    const [own, other] = [components(first), components(path)];
    depth = Math.min(depth, other.length - 1);
    while (depth > 0 && own.slice(0, depth).some((part, index) => part !== other[index])) depth -= 1;
  }
  if (depth < LEAST_DEPTH) return null;
  const separator = first.includes('\\') ? '\\' : '/';
  const root = separator === '/' ? '/' : '';
  const folder = root + components(first).slice(0, depth).join(separator);
  return isInside(folder, home) ? null : folder;
}
