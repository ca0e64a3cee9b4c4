/** What a tool's name says that it does. Names prove nothing: this only feeds a proposal that a person accepts. */
import type { ToolClass } from '../../contract/tool.ts';

/** Names are 1 to 128 characters (MCP); a longer one must not cost more. */
const MAX_NAME = 256;

const words = (list: string) => new Set(list.split(' '));

const READ = words(
  'read get list search find show describe view fetch query lookup look count check inspect browse explain summarize ' +
    'head tail stat status info tree diff log compare validate preview calculate compute convert echo think resolve ping',
);
const WRITE = words(
  'write create edit update set add move rename copy insert append save make mkdir put patch apply commit stage tag ' +
    'replace modify change upsert import restore checkout init configure enable store remember record assign label ' +
    'mark open close start resume pause lock unlock generate',
);
/** What cannot be taken back or leaves the machine, whether or not the word stands first. */
const STRONG = words(
  'delete remove drop destroy purge erase wipe truncate execute exec eval shell deploy kill terminate uninstall revoke ' +
    'send publish upload pay purchase buy withdraw reset shutdown reboot force exfiltrate',
);
/** The same, but as often a noun: these count only where the verb stands. */
const EXTERNAL = words(
  'run post push submit invite share merge transfer order message call trigger click type press navigate fill install ' +
    'release cancel stop disable charge refund notify broadcast tweet reply command sync connect drag hover upgrade email',
);

const ONE_WORD = /^[a-z]{1,32}$/;

/** The words of a tool's name, in lower case: `getFile`, `get-file` and `GET_FILE` are `get`, `file`. */
export function nameWords(name: string): string[] {
  // Most names are one word, and each argument of each call is looked at.
  if (ONE_WORD.test(name)) return [name];
  return name
    .slice(0, MAX_NAME)
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

/** The class its verbs speak for and the verb that decides; null when the name has no verb known here. */
export function classByName(name: string): { class: ToolClass; verb: string } | null {
  let found: { class: ToolClass; verb: string } | null = null;
  // "find_and_replace" does both.
  for (const part of nameWords(name)
    .join(' ')
    .split(/ (?:and|or|then) /)) {
    const parts = part.split(' ');
    const verb = parts.find((word) => READ.has(word) || WRITE.has(word) || EXTERNAL.has(word));
    const strong = parts.find((word) => STRONG.has(word));
    if (strong !== undefined) return { class: 'external', verb: strong };
    if (verb === undefined) continue;
    const own = { class: classOf(verb), verb };
    if (found === null || RANK[own.class] > RANK[found.class]) found = own;
  }
  return found;
}

const classOf = (verb: string): ToolClass => (READ.has(verb) ? 'read' : WRITE.has(verb) ? 'write' : 'external');
const RANK: Record<ToolClass, number> = { read: 0, 'read-sensitive': 1, write: 2, external: 3 };
