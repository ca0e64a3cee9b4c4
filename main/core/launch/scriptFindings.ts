/** Scripts that stand in the command line itself: what in them a person must see. */
import type { LaunchFinding } from '../../contract/launch.ts';
import { CREDENTIALS, hides, runsDownload } from './codeText.ts';
import { Downloads, isFetcher } from './downloads.ts';
import { type Group, groupsOf } from './groups.ts';
import { innermost, nameOf } from './innermost.ts';
import { isInterpreter, isStarter, TOO_DEEP, WRAPPERS } from './launchers.ts';
import { readOptions } from './options.ts';
import { programFindings } from './programs.ts';
import { ofNearest, type ShellCommand, type Subshell, withInside } from './shellScript.ts';
import { permissionFindings } from './texts.ts';
import { findingAt, type Word } from './word.ts';

const RUNNER = /^(iex|invoke-expression|eval|source|\.)$/;
const BLOCK = /\[scriptblock\]/i;
const DECODER = /^(base32|base64|basenc|openssl|xxd|uudecode|certutil)$/;
const STARTUP =
  /(\.(bashrc|zshrc|profile|bash_profile|zprofile|zshenv)|authorized_keys|LaunchAgents|autostart|cron\.\w+|crontab)/i;

/** What the commands of a shell's script do together and one by one. */
export function scriptFindings(script: Word, own: readonly ShellCommand[]): LaunchFinding[] {
  const commands = withInside(own);
  const found: LaunchFinding[] = commands.flatMap(commandFindings);
  const add = ([id, message]: Danger) => found.push(findingAt(id, 'severe', script, message));
  // PowerShell evaluates by expressions, which are no commands to a reader of shells.
  if (commands.some(({ words }) => /^(iex|invoke-expression)$/.test(nameOf(words))) || BLOCK.test(script.text)) {
    if (runsDownload(script.text)) add(ANSWER);
    else if (hides(script.text)) add(ENCODED);
  }
  const inside = commands
    .slice(own.length)
    .reduce((feed, { words }) => withProgram(feed, nameOf(innermost(words))), NOTHING);
  const downloads = new Downloads();
  // Words that begin with a pipe are fed by what stands before them.
  let pipeline: Feed = { ...NOTHING, programs: 1 };
  // All that a subshell or a group starts is fed what that is.
  const fed = new Map<Subshell | null, Feed>();
  const groups = groupsOf(commands);
  const fedGroups = new Map<Group, Feed>();
  const names = new Set<string>();
  for (const command of commands) {
    const { subshell } = command;
    const group = groups.get(command) ?? null;
    if (!/^\|&?$/.test(command.joined ?? '')) {
      const outer = begunBefore(group, command);
      const its = outer !== null && (outer.first.subshell === subshell || !fed.has(subshell)) && fedGroups.get(outer);
      pipeline = its || (ofNearest(fed, subshell) ?? NOTHING);
    }
    if (subshell && !fed.has(subshell)) fed.set(subshell, pipeline);
    for (let at = group; at !== null && !fedGroups.has(at); at = at.outer) fedGroups.set(at, pipeline);
    const danger = dangerOf(command, {
      pipeline,
      inside,
      downloads,
      names,
      given: command.inputs.length > 0 || group?.given === true,
    });
    if (danger !== null) add(danger);
    downloads.enter(innermost(command.words));
    for (const name of filled(command)) names.add(name);
    downloads.note(command, pipeline.fetched);
    pipeline = withProgram(pipeline, nameOf(innermost(command.words)));
  }
  if (commands.some(({ joined }) => joined === '|'))
    found.push(findingAt('shell-pipeline', 'warning', script, 'A shell feeds one program’s output to another.'));
  else if (commands.length > 1)
    found.push(findingAt('shell-chain', 'warning', script, 'A shell runs several commands, not only the server.'));
  return found;
}

/** A finding's id, and its sentence. */
type Danger = readonly [id: string, message: string];
const DEEP: Danger = ['too-deep', TOO_DEEP];
const ANSWER: Danger = ['download-run', 'Whatever a web address answers is run at once, unseen.'];
const FILE: Danger = ['download-run', 'A file is downloaded and then run, unseen.'];
const ENCODED: Danger = ['encoded-run', 'Encoded text is decoded and run, so that nobody can read it here.'];
const GIVEN: Danger = ['piped-code', 'An interpreter is fed code that is no file of the launch.'];
const PIPED: Danger = ['piped-code', 'What another program prints is run as code, unseen.'];

/** What comes from programs that ran before. */
interface Feed {
  readonly programs: number;
  readonly fetched: boolean;
  readonly decoded: boolean;
}
const NOTHING: Feed = { programs: 0, fetched: false, decoded: false };

function withProgram({ programs, fetched, decoded }: Feed, name: string): Feed {
  return { programs: programs + 1, fetched: fetched || isFetcher(name), decoded: decoded || DECODER.test(name) };
}

/** The innermost group that this command does not begin. */
function begunBefore(group: Group | null, command: ShellCommand): Group | null {
  let at = group;
  while (at !== null && at.first === command) at = at.outer;
  return at;
}

const NAME = /^[A-Za-z_]\w*$/;

/** The variables that a command fills with what it is fed, or a loop with what other programs print. */
function filled({ words }: ShellCommand): string[] {
  const inner = innermost(words);
  if (/^(read|mapfile|readarray)$/.test(inner[0]?.text ?? '')) {
    const named = inner.slice(1).flatMap(({ text }) => (NAME.test(text) ? [text] : []));
    return [...named, 'REPLY', 'MAPFILE'];
  }
  const [loop, name] = inner;
  // cmd's goes through what a program prints.
  if (loop?.text === 'for' && /^\/f$/i.test(name?.text ?? ''))
    return inner.flatMap(({ text }) => /^%+(\w)$/.exec(text)?.[1] ?? []).slice(0, 1);
  const printed = inner.some(({ text }) => /\$\(|`/.test(text));
  return /^(for|select)$/.test(loop?.text ?? '') && name && printed && NAME.test(name.text) ? [name.text] : [];
}

interface Before {
  /** What is fed to this command. */
  readonly pipeline: Feed;
  /** What the script's substitutions put into it. */
  readonly inside: Feed;
  readonly downloads: Downloads;
  /** Variables that hold what nobody has seen. */
  readonly names: ReadonlySet<string>;
  /** Whether it is fed a file or a text by name. */
  readonly given: boolean;
}

/** How this command runs what nobody has seen; null when it does not. */
function dangerOf({ words, unread }: ShellCommand, before: Before): Danger | null {
  const { pipeline, inside, downloads, names } = before;
  if (unread) return DEEP;
  const inner = innermost(words);
  const interprets = isInterpreter(nameOf(inner));
  const evaluates =
    [words, inner].some((one) => RUNNER.test(nameOf(one))) ||
    isInterpreter(nameOf(byXargs(inner))) ||
    /^(at|batch)$/.test(nameOf(inner)) ||
    (TAKES_FILE.test(nameOf(inner)) && /(^|\s)-f ?(-|\/dev\/stdin)(\s|$)/.test(joinedText(inner))) ||
    isUnsettled(inner[0]?.text ?? '');
  if (!interprets && !evaluates) return downloads.has(words) ? FILE : null;
  const fed = pipeline.programs > 0 && (evaluates || readsCode(inner));
  const given = before.given && interprets && readsCode(inner);
  const filled = evaluates || inner.some(({ text }) => CODE.test(text));
  if (pipeline.fetched || inside.fetched) return ANSWER;
  if (names.size > 0 && runsOneOf(names, inner, evaluates)) return PIPED;
  if (downloads.has(words)) return FILE;
  if ((fed && pipeline.decoded) || (filled && inside.decoded)) return ENCODED;
  if (fed) return PIPED;
  return given ? GIVEN : null;
}

/** Programs that take their instructions from a file, which may be what they are fed. */
const TAKES_FILE = /^(make|gmake|[gmn]?awk)$/;
const joinedText = (words: readonly Word[]) => words.map(({ text }) => text).join(' ');

/** What stands for other names: each is read from its first bracket alone, as from every one it would take for ever. */
const PATTERNS = [/[$`*?%]/, /^[^[]*\[.+\]/s, /^[^{]*\{[^,.]*[,.].*\}/s];

/** Whether the shell first makes a program's name of something else, so that it may be any. */
function isUnsettled(text: string): boolean {
  const name = text.split('/').at(-1) ?? '';
  return /^(\$\(|`|=|!.*!$)/.test(text) || PATTERNS.some((pattern) => pattern.test(name));
}

/** Whether what one of these variables holds is the program, its code, or the file with it. */
function runsOneOf(names: ReadonlySet<string>, inner: readonly Word[], evaluates: boolean): boolean {
  const uses = ({ text }: Word) => [...text.matchAll(/(?:\$\{?|%+)(\w+)/g)].some(([, name = '']) => names.has(name));
  if (evaluates) return inner.some(uses);
  const at = inner.findIndex(({ text }) => CODE.test(text));
  const code = at < 0 ? inner.slice(1).find(({ text }) => !text.startsWith('-')) : inner[at + 1];
  return code !== undefined && uses(code);
}

const CODE = /^(-[a-z]*[ce]|--eval|--print|-command)$/i;

/** What xargs(1) starts with words that it is fed; nothing where this is not it, or it only lays them out. */
function byXargs(words: readonly Word[]): readonly Word[] {
  return nameOf(words) === 'xargs' ? innermost(readOptions(words.slice(1), XARGS).rest) : [];
}
const XARGS = WRAPPERS.get('xargs')?.valued ?? '';

/** Whether an interpreter takes its code from what is fed to it: it names no file, or its input. */
function readsCode([, ...words]: readonly Word[]): boolean {
  return words.every(({ text }) => /^-/.test(text)) || words.some(({ text }) => /^(-|-s|\/dev\/stdin)$/.test(text));
}

/** Names that mean something else from here on, of those that everybody knows. */
function renamed({ words, defines }: ShellCommand): LaunchFinding[] {
  const inner = innermost(words);
  const [first, ...rest] = inner;
  if (!first) return [];
  const told = /^(alias|hash|enable)$/.test(first.text);
  const given = defines ? [first] : words[0]?.text === 'function' ? words.slice(1, 2) : told ? rest : [];
  const code = told && first.text !== 'alias' && rest.some(({ text }) => /^-[a-z]*[pf]/.test(text));
  return given.flatMap((word) => {
    const name = /^[^=]+/.exec(word.text)?.[0] ?? '';
    const known = isStarter(name) || (first.text === 'alias' && !defines && word.text.includes('=')) || code;
    return known ? [findingAt('renamed', 'severe', word, 'A name means something else here than anywhere else.')] : [];
  });
}

function commandFindings(command: ShellCommand): LaunchFinding[] {
  const { words, outputs } = command;
  const found: LaunchFinding[] = [...programFindings(words), ...renamed(command)];
  for (const [index, word] of words.entries()) found.push(...permissionFindings(word, words[index - 1]?.text ?? ''));
  for (const word of [...words, ...outputs]) {
    if (/^\/dev\/(tcp|udp)\//.test(word.text))
      found.push(findingAt('remote-shell', 'severe', word, 'A shell talks to the network by itself.'));
    else if (CREDENTIALS.test(word.text))
      found.push(findingAt('credential-files', 'severe', word, 'The command line reaches for credentials of yours.'));
  }
  for (const output of outputs)
    if (STARTUP.test(output.text))
      found.push(
        findingAt('persistence', 'severe', output, 'Something is written where it runs again at every login.'),
      );
  return found;
}
