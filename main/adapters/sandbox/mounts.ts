/** A confinement as what bubblewrap mounts, in order: later lines lie over earlier ones (bwrap(1)). */
import { lstatSync, mkdirSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Confinement } from '../../services/supervisor/ports.ts';
import { listeningSockets } from './sockets.ts';

export interface MountedPlan {
  readonly cwd: string;
  readonly confinement: Confinement;
  /** `TMPDIR` of the server. */
  readonly temporary: string | undefined;
}

/** Fresh, empty and writable, gone with the tree: what lies here belongs to sessions, and so do the sockets in it. */
const FRESH = ['/run', '/tmp', '/var/tmp'];
/** How names are looked up, where that lies in `/run`. */
const LOOKUP = ['/etc/resolv.conf', '/etc/hosts', '/etc/nsswitch.conf', '/etc/localtime'];
/** NixOS keeps its programs in `/run`. */
const PROGRAMS = ['/run/current-system', '/run/opengl-driver'];
/** Caches that a package runner needs before it has made them. */
const COMMON = /\/\.(cache|npm)$/;
/** Browsers that were downloaded once: too large for each server to fetch its own. */
const BROWSERS = ['.cache/ms-playwright', '.cache/puppeteer'];

export function mountArguments({ cwd, confinement, temporary }: MountedPlan): string[] {
  const { home, writes, reads, shows, hides, keeps, caches } = confinement;
  const fresh = [...FRESH, ...(temporary ? [temporary] : [])].flatMap(realFolder);
  const writable = writes.flatMap((path) => changeable(path, home, fresh));
  const within = (folders: readonly string[], path: string) => folders.some((folder) => isBelow(folder, path));
  const hidden = [...new Set([...hides, ...plainTokens(home)].flatMap(real))].filter(
    (path) => !within(fresh, path) || within([...writable, ...shows], path),
  );
  const veiled = [...fresh, ...hidden];

  const args: string[] = writable.includes('/') ? ['--bind', '/', '/'] : ['--ro-bind', '/', '/'];
  const readOnly = (path: string) => args.push('--ro-bind-try', path, path);
  args.push('--dev', '/dev', '--proc', '/proc');
  for (const folder of fresh) args.push('--tmpfs', folder);
  for (const path of [...LOOKUP.flatMap(real), ...PROGRAMS]) if (within(fresh, path)) readOnly(path);

  const there = [...shows.map((path) => topmost(path, fresh)), ...(within(writable, cwd) ? [] : [cwd])];
  for (const path of there) if (within(fresh, path) && !within(hidden, path)) readOnly(path);
  for (const path of byDepth(writable)) if (path !== '/' && !within(hidden, path)) args.push('--bind', path, path);
  // Before what is hidden: what hides in them stays so.
  for (const path of [...keeps, ...writable.map((folder) => join(folder, '.git', 'hooks'))].flatMap(real)) {
    if (within(writable, path) && !writable.some((named) => isBelow(path, named))) readOnly(path);
  }
  for (const path of hidden) args.push(...(isFolder(path) ? ['--tmpfs', path] : ['--ro-bind', '/dev/null', path]));
  for (const path of [...there, ...reads]) if (within(hidden, path)) readOnly(path);
  for (const path of byDepth(writable)) if (within(hidden, path)) args.push('--bind', path, path);
  for (const { at, from } of caches) if (prepared(at, from)) args.push('--bind', from, at);
  for (const path of BROWSERS.flatMap((place) => versions(join(home, place)))) readOnly(path);
  for (const path of listeningSockets()) if (!within(veiled, path)) args.push('--ro-bind-try', '/dev/null', path);
  for (const path of hidden) if (isFolder(path)) args.push('--remount-ro', path);
  return args;
}

/** What of a named path is mounted for changing: a folder; a file's folder, so that it can be replaced and have a journal; or the file alone. */
function changeable(path: string, home: string, fresh: readonly string[]): string[] {
  const facts = statSync(path, { throwIfNoEntry: false });
  if (facts?.isDirectory()) return [path];
  const folder = dirname(path);
  const crowded = isBelow(folder, home) || fresh.includes(folder) || folder.split('/').length < 3;
  if (!crowded && isFolder(folder)) return [folder];
  return facts?.isFile() ? [path] : [];
}

/** A program in a temporary folder comes with all that was put there with it, such as its packages. */
function topmost(path: string, fresh: readonly string[]): string {
  const folder = fresh.find((one) => path !== one && isBelow(one, path));
  return folder === undefined ? path : join(folder, path.slice(folder.length + 1).split('/')[0] ?? '');
}

/** npm's own configuration is read by everything of npm, so it is hidden only where a key lies in it. */
function plainTokens(home: string): string[] {
  const file = join(home, '.npmrc');
  try {
    return /(_auth|_password|_authToken)\s*=/.test(readFileSync(file, 'utf8')) ? [file] : [];
  } catch {
    return [];
  }
}

/** Whether the account's folder is there, and one of the tree's own to lie over it. Those that everything uses are made. */
function prepared(at: string, from: string): boolean {
  try {
    if (COMMON.test(at)) mkdirSync(at, { recursive: true, mode: 0o700 });
    if (!lstatSync(at).isDirectory()) return false;
    mkdirSync(from, { recursive: true, mode: 0o700 });
    return true;
  } catch {
    return false;
  }
}

function versions(folder: string): string[] {
  try {
    return readdirSync(folder).flatMap((name) => (/-\d+$/.test(name) ? [join(folder, name)] : []));
  } catch {
    return [];
  }
}

function real(path: string): string[] {
  try {
    return [realpathSync(path)];
  } catch {
    return [];
  }
}

function realFolder(path: string): string[] {
  return real(path).filter(isFolder);
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function isBelow(folder: string, path: string): boolean {
  return folder === '/' || path === folder || path.startsWith(`${folder}/`);
}

function byDepth(paths: readonly string[]): string[] {
  return paths.toSorted((a, b) => a.split('/').length - b.split('/').length);
}
