import { lstatSync, readFileSync } from 'node:fs';

/** Paths of the sockets that other programs listen on now, as far as this account can see them. */
export function listeningSockets(): string[] {
  const lines = readFileSync('/proc/net/unix', 'latin1').split('\n');
  const paths = lines.flatMap((line) => {
    const at = line.indexOf(' /');
    return at < 0 ? [] : [Buffer.from(line.slice(at + 1), 'latin1').toString('utf8')];
  });
  return [...new Set(paths)].filter(isSocketHere);
}

/** What lies in another account's private folder cannot be looked at, nor be reached by what this account starts. */
function isSocketHere(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false })?.isSocket() ?? false;
  } catch {
    return false;
  }
}
