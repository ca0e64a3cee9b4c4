/** What a call does, in our words, from the bytes that will run (SECURITY.md prompt rules 2 and 4). */
import type { ToolClass } from '../../contract/tool.ts';
import { shown, utf8Length } from './shown.ts';
import { classByName } from './verbs.ts';

type Leaves = ReadonlyMap<string, string>;

const PLACES = [
  'path',
  'file_path',
  'filepath',
  'filePath',
  'file',
  'filename',
  'directory',
  'dir',
  'folder',
  'uri',
  'url',
];
const CONTENTS = ['content', 'contents', 'text', 'data', 'body', 'newText', 'new_string'];
const SOURCES = ['source', 'src', 'from', 'oldPath', 'old_path'];
const TARGETS = ['destination', 'dest', 'dst', 'target', 'newPath', 'new_path'];
const COMMANDS = ['command', 'cmd', 'script', 'code', 'sql', 'query'];

/**
 * One sentence: verb, object, place. Only argument values and names we were given appear in it, each made visible and
 * short; what does not fit a known form is told plainly, with the number of arguments (leaves of the argument tree).
 */
export function effectSentence(server: string, tool: string, toolClass: ToolClass, leaves: Leaves): string {
  const by = `with ${shown(tool)} on server ${shown(server)}`;
  const verb = classByName(tool)?.verb;
  const [source, target] = [first(leaves, SOURCES), first(leaves, TARGETS)];
  if (source !== undefined && target !== undefined && (verb === 'move' || verb === 'rename' || verb === 'copy'))
    return `${capital(verb)} ${shown(source)} to ${shown(target)} ${by}`;
  const place = first(leaves, PLACES);
  const content = first(leaves, CONTENTS);
  if (place !== undefined && content !== undefined && verb !== undefined && toolClass !== 'read') {
    const preposition = verb === 'send' || verb === 'write' || verb === 'upload' ? 'to' : 'at';
    return `${capital(verb)} ${bytes(content)} ${preposition} ${shown(place)} ${by}`;
  }
  if (place !== undefined && verb !== undefined) return `${capital(verb)} ${shown(place)} ${by}`;
  const command = first(leaves, COMMANDS);
  if (command !== undefined && toolClass === 'external') return `Run "${shown(command)}" ${by}`;
  return `Run ${shown(tool)} on server ${shown(server)} with ${many(leaves.size, 'argument')}`;
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

function first(leaves: Leaves, names: readonly string[]): string | undefined {
  for (const name of names) {
    const leaf = leaves.get(`/${name}`);
    if (leaf !== undefined) return leaf;
  }
  return undefined;
}

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);
const many = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`;
const bytes = (text: string) => many(utf8Length(text), 'byte');
