/** Names for what comes out of clients' files. */
const MOST = 64;

/** A secret's name from that of a variable: `github-token` from `GITHUB_TOKEN`. */
export function secretName(variable: string): string {
  return plain(variable.toLowerCase().replaceAll('_', '-')) || 'secret';
}

/** A server's name from that of an entry. */
export function serverName(entry: string): string {
  return plain(entry) || 'server';
}

/** The first of `name`, `name-2`, `name-3`… that is free. */
export function freeName(name: string, taken: (name: string) => boolean): string {
  for (let n = 1; ; n++) {
    const tail = n === 1 ? '' : `-${n}`;
    const candidate = name.slice(0, MOST - tail.length) + tail;
    if (!taken(candidate)) return candidate;
  }
}

function plain(text: string): string {
  return text
    .replaceAll(/[^A-Za-z0-9._-]+/g, '-')
    .replaceAll(/^-+|(?<!-)-+$/g, '')
    .slice(0, MOST);
}
