/** What a call does, in our words, from the bytes that will run (SECURITY.md prompt rules 2 and 4). */
import type { FileChange } from '../../contract/change.ts';
import type { ToolClass } from '../../contract/tool.ts';
import { browserEffect } from './browserEffect.ts';
import { changeEffect } from './changeEffect.ts';
import { capital, type Leaves, many, only, quoted } from './effectWords.ts';
import { gitEffect } from './gitEffect.ts';
import { listEffect } from './listEffect.ts';
import { shown, utf8Length } from './shown.ts';
import { classByName, nameWords } from './verbs.ts';

/** The call as its effect is told. */
export interface ToldCall {
  readonly server: string;
  readonly tool: string;
  readonly class: ToolClass;
  /** JSON pointer → text. */
  readonly leaves: Leaves;
  /** JSON pointer → where the path in it leads. */
  readonly real?: ReadonlyMap<string, string>;
  readonly changes?: readonly FileChange[];
}

const PLACES = 'path file_path filepath filePath file filename directory dir folder repo_path uri';
const CONTENTS = 'content contents text data body newText new_string';
const SOURCES = 'source src from oldPath old_path';
const TARGETS = 'destination dest dst target newPath new_path';
const COMMANDS = 'command cmd';
const CODE = 'code script javascript python expression function program';
const PATTERNS = 'pattern query regex search q';
const RECEIVERS = 'to recipient recipients email channel';
/** What a tool of ours to name is about; other words of its name are left to its name. */
const THINGS = new Map([
  ['directory', 'the folder'],
  ['folder', 'the folder'],
  ['dir', 'the folder'],
]);

/**
 * One sentence: verb, object, place. Only argument values and names we were given appear in it, each made visible and
 * short; what does not fit a known form is told plainly, with the number of arguments (leaves of the argument tree).
 */
export function effectOf(call: ToldCall): string {
  const { tool, leaves, class: toolClass } = call;
  const changed = call.changes?.[0];
  if (changed !== undefined) return changeEffect(changed);
  const named = classByName(tool);
  // What runs and where it goes stands in the arguments; the rest is told with the help of the tool's name.
  const told =
    runs(call) ??
    gitEffect(tool, leaves, placeOf(call)) ??
    browserEffect(tool, leaves) ??
    requests(call) ??
    sends(call);
  if (told !== null) return told;
  // A name that promises less than the class a person gave the tool is not repeated.
  if (named?.class === 'read' && (toolClass === 'write' || toolClass === 'external')) return plainly(call);
  return (
    carries(call, named?.verb) ?? touches(call, named?.verb) ?? listEffect(tool, leaves, named?.verb) ?? plainly(call)
  );
}

/** The same where no line beside it says which tool of which server it is. */
export function effectSentence(server: string, tool: string, toolClass: ToolClass, leaves: Leaves): string {
  const effect = effectOf({ server, tool, class: toolClass, leaves });
  return effect.includes(' on server ') ? effect : `${effect} with ${shown(tool)} on server ${shown(server)}`;
}

function plainly({ server, tool, leaves, ...call }: ToldCall): string {
  const run = `Run ${shown(tool)} on server ${shown(server)}`;
  const place = placeOf({ server, tool, leaves, ...call });
  if (place === undefined) return `${run} with ${many(leaves.size, 'argument')}`;
  return leaves.size === 1
    ? `${run} with ${place}`
    : `${run} with ${place} and ${many(leaves.size - 1, 'more argument')}`;
}

/** Code of any kind: what is run stands in the sentence. */
function runs({ tool, leaves }: ToldCall): string | null {
  const command = only(leaves, COMMANDS);
  const where = only(leaves, 'cwd workdir working_directory workingDirectory');
  const inside = where === undefined ? '' : ` in ${shown(where)}`;
  if (command !== undefined) {
    const args = [...leaves]
      .filter(([pointer]) => /^\/(?:args|arguments|argv)\/\d+$/.test(pointer))
      .map(([, text]) => text);
    return `Run a ${args.length > 0 ? 'program' : 'shell command'}${inside}: ${shown([command, ...args].join(' '))}`;
  }
  const sql = only(leaves, 'sql statement') ?? sqlIn(only(leaves, 'query'));
  if (sql !== undefined) return `Run SQL: ${shown(sql)}`;
  const code = only(leaves, CODE);
  // One word of it is rather a code to type in than code to run.
  if (code === undefined || !/[^\w.-]/.test(code) || nameWords(tool).includes('browser')) return null;
  const by = only(leaves, 'interpreter language lang runtime');
  return `Run ${by === undefined ? 'code' : `code with ${shown(by)}`}${inside}: ${shown(code)}`;
}

function sqlIn(text: string | undefined): string | undefined {
  return text !== undefined && /^\s*(?:select|insert|update|delete|drop|create|alter|truncate|with|merge)\s/i.test(text)
    ? text
    : undefined;
}

const HOST = /^[a-z][a-z0-9+.-]*:[/\\]{2}(?:[^/\\?#]*@)?(\[[^\]]*\]|[^/\\?#:]+)/i;

/** Whatever has an address goes to its host, whatever stands before an @ in it. */
function requests({ leaves, tool }: ToldCall): string | null {
  const url = only(leaves, 'url uri href endpoint webhook link address');
  if (url === undefined) return null;
  const host = HOST.exec(url)?.[1];
  if (host === undefined) {
    const scheme = /^(?:data|javascript|vbscript|blob|about):/i.exec(url)?.[0];
    return scheme === undefined
      ? null
      : `Open a ${scheme.toLowerCase()} address, which is content of its own: ${shown(url)}`;
  }
  if (/^file:/i.test(url)) return null;
  const method = only(leaves, 'method verb');
  const opens = nameWords(tool).some((word) => word === 'open' || word === 'browse' || word === 'navigate');
  const what = opens
    ? 'Open a page of'
    : `Send a ${method === undefined ? '' : `${shown(method.toUpperCase())} `}request to`;
  return `${what} ${shown(host)}: ${shown(url)}`;
}

function sends({ tool, leaves }: ToldCall): string | null {
  const verb = nameWords(tool).find((word) =>
    /^(?:send|post|reply|forward|email|mail|notify|message|tweet|share)$/.test(word),
  );
  const to = only(leaves, RECEIVERS) ?? leaves.get('/to/0') ?? leaves.get('/recipients/0');
  if (verb === undefined || to === undefined) return null;
  const others = [...leaves.keys()].filter((pointer) => /^\/(?:to|recipients|cc|bcc)\/\d+$/.test(pointer)).length - 1;
  const about = only(leaves, 'subject title') ?? only(leaves, 'text message body content');
  const more = others > 0 ? ` and ${many(others, 'more receiver')}` : '';
  return `Send ${about === undefined ? 'a message' : quoted(about)} to ${shown(to)}${more}`;
}

function carries(call: ToldCall, verb: string | undefined): string | null {
  const [source, target] = [pathOf(call, SOURCES), pathOf(call, TARGETS)];
  if (source === undefined || target === undefined) return null;
  return verb === 'move' || verb === 'rename' || verb === 'copy' ? `${capital(verb)} ${source} to ${target}` : null;
}

/** One verb on one place. */
function touches(call: ToldCall, verb: string | undefined): string | null {
  const { tool, leaves, class: toolClass } = call;
  const place = placeOf(call);
  if (verb === undefined || place === undefined) return null;
  const pattern = only(leaves, PATTERNS);
  if (pattern !== undefined && (verb === 'search' || verb === 'find')) return `Search ${place} for ${quoted(pattern)}`;
  const content = only(leaves, CONTENTS);
  if (content !== undefined && toolClass !== 'read') {
    const preposition = verb === 'send' || verb === 'write' || verb === 'upload' ? 'to' : 'at';
    return `${capital(verb)} ${many(utf8Length(content), 'byte')} ${preposition} ${place}`;
  }
  const thing = nameWords(tool).flatMap((word) => THINGS.get(word) ?? [])[0];
  return `${capital(verb)} ${thing === undefined ? '' : `${thing} `}${place}`;
}

function placeOf(call: ToldCall): string | undefined {
  return pathOf(call, PLACES);
}

/** The place an argument names: where it leads, when that is certain. */
function pathOf({ leaves, real }: Pick<ToldCall, 'leaves' | 'real'>, names: string): string | undefined {
  const name = names.split(' ').find((each) => leaves.has(`/${each}`));
  if (name === undefined) return undefined;
  const text = real?.get(`/${name}`) ?? leaves.get(`/${name}`);
  return text === undefined ? undefined : shown(text);
}

/** What a person can count on to take it back. Today nothing is kept before a write, and that is said. */
export function undoText(toolClass: ToolClass): string {
  switch (toolClass) {
    case 'read':
    case 'read-sensitive':
      return 'Nothing to undo: this class only reads.';
    case 'write':
      return 'Countersign keeps no copy of what this changes: it can only be undone by hand.';
    case 'external':
      return 'One-way: Countersign cannot undo it.';
  }
}
