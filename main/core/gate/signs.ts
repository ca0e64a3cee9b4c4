/** What arguments hold that reaches further than they seem to: options, shell syntax, addresses, receivers, SQL. */
import { fieldOf, namesReceiver } from './fields.ts';
import { sqlVerbs } from './sqlVerbs.ts';

/** What was seen, and where. Lists are sorted and hold each thing once. */
export interface ArgumentSigns {
  /** JSON pointers of names and paths that begin with a dash: programs take them for options. */
  readonly options: readonly string[];
  /** JSON pointers of plain values with characters that a shell acts on. */
  readonly shell: readonly string[];
  /** Hosts of URLs, in lower case, without ports. */
  readonly hosts: readonly string[];
  /** E-mail addresses, in lower case. */
  readonly recipients: readonly string[];
  /** Those of them that stand where an argument names a receiver. */
  readonly addressed: readonly string[];
  /** SQL verbs, in lower case. */
  readonly sql: readonly string[];
}

/** A value longer than this is a document, not a name, an address or a statement. */
const LONGEST = 16_384;

const OPTION = /^--?[A-Za-z]/;
/** Substitution, a command behind a separator, and redirection into a file (POSIX shell, 2.2 to 2.9). */
const SHELL = /\$[({]|`|[;&|]\s*[A-Za-z./~$]|[<>]\(|>\s*[/~.&]|[\r\n]/;
const HOST = /\b(?:https?|wss?|ftps?|sftp|ssh|git|smtp):\/\/(?:[^\s/?#@]*@)?(\[[0-9a-f:.]+\]|[^\s/?#:@"'<>[\]]+)/gi;
const ADDRESS = /[\w.!#$%&'*+/=?^`{|}~-]{1,64}@(?:[\p{L}\p{N}-]{1,63}\.){1,8}[\p{L}]{2,63}/gu;
/** A value that is nothing but addresses, with names around them. */
const ADDRESSES = /^[^@\n]{0,200}@[^@\s]+(?:[\s,;<>]+[^@\n]{0,200}@[^@\s]+)*$/;

/** The signs in the leaves of a call's arguments (JSON pointer → text). */
export function signsOf(leaves: ReadonlyMap<string, string>): ArgumentSigns {
  const options: string[] = [];
  const shell: string[] = [];
  const hosts = new Set<string>();
  const recipients = new Set<string>();
  const addressed = new Set<string>();
  const sql = new Set<string>();
  for (const [pointer, value] of leaves) {
    if (value.length < 2 || value.length > LONGEST) continue;
    const field = fieldOf(pointer);
    if ((field.path || field.reference) && !field.text && OPTION.test(value)) options.push(pointer);
    if (!field.text && !field.pattern && !field.code && SHELL.test(value)) shell.push(pointer);
    if (value.includes('://')) for (const [, host] of value.matchAll(HOST)) if (host) hosts.add(host.toLowerCase());
    if (value.includes('@') && ADDRESSES.test(value))
      for (const [address] of value.matchAll(ADDRESS)) {
        recipients.add(address.toLowerCase());
        if (namesReceiver(pointer)) addressed.add(address.toLowerCase());
      }
    for (const verb of sqlVerbs(value, field.text && !field.code)) sql.add(verb);
  }
  return {
    options,
    shell,
    hosts: [...hosts].sort(),
    recipients: [...recipients].sort(),
    addressed: [...addressed].sort(),
    sql: [...sql].sort(),
  };
}
