/** What arguments hold that reaches further than they seem to: options, shell syntax, addresses, receivers, SQL. */
import { type Field, fieldFinder, namesReceiver } from './fields.ts';
import { hostsIn } from './hosts.ts';
import { sqlVerbs } from './sqlVerbs.ts';

/** What was seen, and where. Lists are sorted and hold each thing once. */
export interface ArgumentSigns {
  /** JSON pointers of names and paths that begin with a dash: programs take them for options. */
  readonly options: readonly string[];
  /** JSON pointers of plain values with characters that a shell acts on. */
  readonly shell: readonly string[];
  /** Hosts, in lower case, without ports. */
  readonly hosts: readonly string[];
  /** E-mail addresses, in lower case. */
  readonly recipients: readonly string[];
  /** Those of them that stand where an argument names a receiver. */
  readonly addressed: readonly string[];
  /** SQL verbs, in lower case. */
  readonly sql: readonly string[];
  /** JSON pointers of values that are too long to be looked through, and of text for people only with too many addresses. */
  readonly unread: readonly string[];
}

/** A longer value is a document: where a name, an address or a statement belongs, nothing is known of it. */
const LONGEST = 16_384;

const OPTION = /^--?[A-Za-z]/;
/** One dash alone also begins an order, such as `-created_at`. */
const LONG_OPTION = /^--[A-Za-z]/;
/** Substitution, a command behind a separator, and redirection into a file (POSIX shell, 2.2 to 2.9). */
const SHELL = /\$[({]|`|[;&|]\s*[A-Za-z./~$]|[<>]\(|>\s*[/~.&]|[\r\n]/;
const ADDRESS =
  /(?<![\p{L}\p{N}_.!#$%&'*+/=?^`{|}~-])[\p{L}\p{N}_.!#$%&'*+/=?^`{|}~-]+@(?:[\p{L}\p{N}-]{1,63}\.){1,8}[\p{L}]{2,63}/gu;
/** Where a receiver is named, an address needs no domain of several names. */
const RECEIVER = /(?<![^\s<>()[\]{},;:"'/\\@])[^\s<>()[\]{},;:"'/\\@]+@[^\s<>(){},;"'/\\@]{1,255}/g;
/** A value that is nothing but addresses, with names around them; each character can be part of one thing only (CWE-1333). */
const ADDRESSES = /^[^@\n]{0,200}@[^@\s,;<>]+(?:[\s,;<>]+(?:[^@\s,;<>][^@\n]{0,199})?@[^@\s,;<>]+)*[\s,;<>]*$/;

/** The signs in the leaves of a call's arguments (JSON pointer → text). */
export function signsOf(leaves: ReadonlyMap<string, string>): ArgumentSigns {
  const fieldOf = fieldFinder();
  const options: string[] = [];
  const shell: string[] = [];
  const unread: string[] = [];
  const hosts = new Set<string>();
  const recipients = new Set<string>();
  const addressed = new Set<string>();
  const sql = new Set<string>();
  for (const [pointer, value] of leaves) {
    if (value.length < 2) continue;
    const field = fieldOf(pointer);
    const prose = field.text && !field.code;
    const long = value.length > LONGEST;
    const named = hostsIn(value, field.host);
    for (const host of named.hosts) hosts.add(host);
    // What begins as a statement is one, however much is put behind it.
    for (const verb of sqlVerbs(long ? value.trimStart().slice(0, LONGEST) : value, prose)) sql.add(verb);
    if (named.more || (long && !prose)) unread.push(pointer);
    if (long) continue;
    if (beginsAsOption(value, field)) options.push(pointer);
    if (!field.text && !field.pattern && !field.code && SHELL.test(value)) shell.push(pointer);
    if (value.includes('@')) {
      const receivers = namesReceiver(pointer) ? value.match(RECEIVER) : null;
      for (const address of receivers ?? []) addressed.add(address.toLowerCase());
      const plain = ADDRESSES.test(value) ? value.match(ADDRESS) : null;
      for (const address of [...(plain ?? []), ...(receivers ?? [])]) recipients.add(address.toLowerCase());
    }
  }
  return {
    options,
    shell,
    hosts: [...hosts].sort(),
    recipients: [...recipients].sort(),
    addressed: [...addressed].sort(),
    sql: [...sql].sort(),
    unread,
  };
}

function beginsAsOption(value: string, { path, reference, address, option, text, pattern, code }: Field): boolean {
  if (text) return false;
  if (path || reference || address) return OPTION.test(value);
  return !pattern && !code && !option && LONG_OPTION.test(value);
}
