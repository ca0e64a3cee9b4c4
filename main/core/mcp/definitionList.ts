/** The answers that list what a server offers (either era): where each definition lies, and the same bytes without some of them. */
import { type ErrorCode, Refused } from '../../contract/errors.ts';
import { readItems, readMembers, type Span, stringAt } from './members.ts';

/** What servers list page by page, each kind with a method of its own (MCP: tools, prompts, resources). */
export type ListedKind = 'tool' | 'prompt' | 'template';

interface ListShape {
  readonly method: string;
  /** The member of the result that holds the definitions, and the member of each that tells it from the others. */
  readonly array: string;
  readonly name: string;
  /** What a server sends when the list is another one now. */
  readonly notice: string;
  /** What a server that has such a list declares in its greeting. */
  readonly capability: string;
}

export const LISTS: Readonly<Record<ListedKind, ListShape>> = {
  tool: {
    method: 'tools/list',
    array: 'tools',
    name: 'name',
    notice: 'notifications/tools/list_changed',
    capability: 'tools',
  },
  prompt: {
    method: 'prompts/list',
    array: 'prompts',
    name: 'name',
    notice: 'notifications/prompts/list_changed',
    capability: 'prompts',
  },
  template: {
    method: 'resources/templates/list',
    array: 'resourceTemplates',
    name: 'uriTemplate',
    notice: 'notifications/resources/list_changed',
    capability: 'resources',
  },
};

/** Nobody reviews more, and each is looked through: a list of more, or of more bytes, is not taken. */
const MOST_DEFINITIONS = 5_000;
const MOST_BYTES = 8 * 1024 * 1024;

/** Whether a list, all its pages together, is larger than anybody could review. */
export function isTooLarge(definitions: number, bytes: number): boolean {
  return definitions > MOST_DEFINITIONS || bytes > MOST_BYTES;
}

/** One definition: its bytes are `line.subarray(start, end)`. */
export interface ListedDefinition extends Span {
  readonly name: string;
}

export interface DefinitionPage {
  readonly definitions: readonly ListedDefinition[];
  /** The cursor of the next page, or null on the last one. */
  readonly nextCursor: string | null;
}

type Unreadable = { readonly ok: false; readonly code: ErrorCode; readonly detail: string };

/**
 * Reads the response to a list method. Refuses with NOT_JSON when it is not one (an error response is not one either),
 * and with AMBIGUOUS when two definitions have one name or keys clash on the way to a name. What is inside a definition
 * besides its name is checked against the grammar only: whoever pins it reads it strictly.
 */
export function readPage(kind: ListedKind, line: Uint8Array): ({ ok: true } & DefinitionPage) | Unreadable {
  const { method, array: key, name: nameKey } = LISTS[kind];
  const notAList = (detail: string): Unreadable => ({
    ok: false,
    code: 'NOT_JSON',
    detail: `not an answer to ${method}: ${detail}`,
  });
  const message = readMembers(line);
  if (!message.ok) return message;
  const result = message.members.find((one) => one.key === 'result');
  if (result === undefined || line[result.start] !== 0x7b) return notAList('there is no result');
  const members = readMembers(line, result.start, result.end);
  if (!members.ok) return members;
  const array = members.members.find((one) => one.key === key);
  if (array === undefined || line[array.start] !== 0x5b) return notAList(`"${key}" is not an array`);
  const items = readItems(line, array.start, array.end);
  if (!items.ok) return items;

  if (isTooLarge(items.items.length, array.end - array.start)) return notAList('it is too large to be reviewed');
  const definitions: ListedDefinition[] = [];
  const names = new Set<string>();
  for (const { start, end } of items.items) {
    const item = readMembers(line, start, end);
    if (!item.ok) return item;
    const named = item.members.find((one) => one.key === nameKey);
    const name = named === undefined ? null : stringAt(line, named);
    if (name === null) return notAList(`a ${kind} without a ${nameKey}`);
    if (names.has(name)) {
      return { ok: false, code: 'AMBIGUOUS', detail: `two ${kind}s have the ${nameKey} ${JSON.stringify(name)}` };
    }
    names.add(name);
    definitions.push({ name, start, end });
  }
  const cursor = members.members.find((one) => one.key === 'nextCursor');
  return { ok: true, definitions, nextCursor: cursor === undefined ? null : stringAt(line, cursor) };
}

/**
 * The response without the definitions that `keep` turns down. Only their bytes and a comma each are left out; an error
 * response, and a list of which all is kept, come back as the same array. Throws `Refused` where `readPage` refuses.
 */
export function splicePage(
  kind: ListedKind,
  line: Uint8Array,
  keep: (name: string, bytes: Uint8Array) => boolean,
): Uint8Array {
  const message = readMembers(line);
  const isError = message.ok && message.members.some(({ key, start }) => key === 'error' && line[start] === 0x7b);
  if (isError && !message.members.some(({ key }) => key === 'result')) return line;
  const read = readPage(kind, line);
  if (!read.ok) throw new Refused(read.code, read.detail);
  const { definitions } = read;
  // With what stood before each, comma and white space, unless it has become the first.
  const kept = definitions
    .map((one, place) => ({ ...one, before: definitions[place - 1]?.end ?? one.start }))
    .filter(({ name, start, end }) => keep(name, line.subarray(start, end)));
  if (kept.length === definitions.length) return line;

  const first = definitions[0] as ListedDefinition;
  const last = definitions[definitions.length - 1] as ListedDefinition;
  const spliced = new Uint8Array(line.length);
  let length = 0;
  const copy = (start: number, end: number): void => {
    spliced.set(line.subarray(start, end), length);
    length += end - start;
  };
  copy(0, first.start);
  for (const [place, { before, start, end }] of kept.entries()) copy(place === 0 ? start : before, end);
  copy(last.end, line.length);
  return spliced.subarray(0, length);
}
