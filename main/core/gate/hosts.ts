/**
 * Hosts that a text names, as each reader of addresses would find them: RFC 3986 ends an authority at "/", "?" and "#",
 * the WHATWG's URL standard also at a backslash, and of several "@" some take the first and some the last.
 */
import { normalForm } from '../../contract/normalForm.ts';

/** Schemes whose authority is a host of a network. */
const AUTHORITY =
  /\b(?:https?|wss?|ftps?|sftp|ssh|git|svn|smtps?|imaps?|pop3s?|ldaps?|postgres(?:ql)?|mysql|mariadb|mssql|sqlserver|mongodb(?:\+srv)?|rediss?|amqps?|mqtts?|nats|bolt|neo4j|clickhouse|tcp|udp|telnet|gopher|tftp|smb|cifs|nfs|rsync|rtsp|socks[45]h?|davs?):[\\/]{2,}([^\s/?#"'<>`]+)/gi;
/** To the WHATWG's readers an address of these needs no slashes, or one. */
const SLASHLESS = /^\s*(?:https?|wss?|ftp):[\\/]*([^\s/?#"'<>`]+)/i;
/** `git@host:path` and `\\host\share`. */
const REMOTE = /^\s*(?:[\w.-]+@([\w.-]+):(?!\d*$)|\\\\([^\\/\s]+))/;
const BARE = /^\s*(\[[\da-f:.]+\]|[\p{L}\p{N}._-]+)(?::\d{1,5})?\s*$/u;

/** A text that names more addresses is not looked through to its end. */
const MOST_ADDRESSES = 1_000;
/** No network has longer names: 253 letters (RFC 1035), each of them nine or twelve as percent signs write it. */
const LONGEST = 4_096;

export interface NamedHosts {
  /** In lower case, without ports and final dots, each once. */
  readonly hosts: readonly string[];
  /** Whether the text names more addresses than were looked at, of as many hosts or of one, or one that is too long. */
  readonly more: boolean;
}

/** The hosts in this text; `named` when its argument takes a host alone. */
export function hostsIn(text: string, named: boolean): NamedHosts {
  const [, remote, share] = REMOTE.exec(text) ?? [];
  const authorities = new Set([remote, share, named ? BARE.exec(text)?.[1] : undefined]);
  if (text.includes(':')) {
    authorities.add(SLASHLESS.exec(text)?.[1]);
    for (const [, authority] of text.matchAll(AUTHORITY)) {
      authorities.add(authority);
      if (authorities.size > MOST_ADDRESSES) break;
    }
  }
  const found = [...authorities].filter((authority) => authority !== undefined);
  const readable = found.filter(({ length }) => length <= LONGEST);
  return {
    hosts: [...new Set(readable.flatMap(hostsOf))],
    more: authorities.size > MOST_ADDRESSES || readable.length < found.length,
  };
}

function hostsOf(authority: string): string[] {
  const readings = authority.includes('\\') ? [authority, authority.slice(0, authority.indexOf('\\'))] : [authority];
  return readings.flatMap((reading) => {
    const [first, last] = [reading.indexOf('@'), reading.lastIndexOf('@')];
    const behind = [
      reading.slice(last + 1),
      ...(first < last ? [reading.slice(first + 1, reading.indexOf('@', first + 1))] : []),
    ];
    return behind.flatMap(writings);
  });
}

/** A host as it is compared, and as four numbers where it is written as others (WHATWG URL, 3.5). */
function writings(text: string): string[] {
  const host = /^(?:\[[^\]]*\]|[^:\\]*)/.exec(text)?.[0] ?? '';
  const plain = normalForm(decoded(host), 'NFKC')
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .replaceAll('。', '.')
    .toLowerCase()
    .replace(/(?<!\.)\.+$/, '');
  const numbers = dotted(plain);
  return [plain, ...(numbers === null || numbers === plain ? [] : [numbers])].filter((name) => name !== '');
}

function decoded(host: string): string {
  if (!host.includes('%')) return host;
  try {
    return decodeURIComponent(host);
  } catch {
    return host;
  }
}

/** `0x7f.1` and `2130706433` as `127.0.0.1` (inet_aton(3)); null for what is no such number. */
function dotted(host: string): string | null {
  const parts = host.split('.');
  if (parts.length > 4 || !parts.every((part) => /^(?:0x[\da-f]{0,8}|\d{1,11})$/.test(part))) return null;
  const numbers = parts.map((part) =>
    part === '0x' ? 0 : Number.parseInt(part, /^0\d/.test(part) ? 8 : part.startsWith('0x') ? 16 : 10),
  );
  const last = numbers.pop() ?? 0;
  if (numbers.some((number) => !(number <= 255)) || !(last < 256 ** (4 - numbers.length))) return null;
  const rest = Array.from(
    { length: 4 - numbers.length },
    (_, index) => Math.floor(last / 256 ** (3 - numbers.length - index)) % 256,
  );
  return [...numbers, ...rest].join('.');
}
