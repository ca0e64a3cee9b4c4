/** The answer to `tools/list` (either era): where each tool lies in it, and the same bytes without some of them. */
import { type ErrorCode, Refused } from '../../contract/errors.ts';
import { readItems, readMembers, type Span, stringAt } from './members.ts';

/** One tool object: its bytes are `line.subarray(start, end)`. */
export interface ListedTool extends Span {
  readonly name: string;
}

export interface ToolList {
  readonly tools: readonly ListedTool[];
  /** The cursor of the next page, or null on the last one. */
  readonly nextCursor: string | null;
}

type Unreadable = { readonly ok: false; readonly code: ErrorCode; readonly detail: string };

/**
 * Reads a `tools/list` response. Refuses with NOT_JSON when it is not one (an error response is not one either), and
 * with AMBIGUOUS when two tools have one name or keys clash on the way to a name. What is inside a tool besides its
 * name is checked against the grammar only: whoever pins it reads it strictly.
 */
export function readToolList(line: Uint8Array): ({ ok: true } & ToolList) | Unreadable {
  const message = readMembers(line);
  if (!message.ok) return message;
  const result = message.members.find(({ key }) => key === 'result');
  if (result === undefined || line[result.start] !== 0x7b) return notAList('there is no result');
  const members = readMembers(line, result.start, result.end);
  if (!members.ok) return members;
  const array = members.members.find(({ key }) => key === 'tools');
  if (array === undefined || line[array.start] !== 0x5b) return notAList('"tools" is not an array');
  const items = readItems(line, array.start, array.end);
  if (!items.ok) return items;

  const tools: ListedTool[] = [];
  const names = new Set<string>();
  for (const { start, end } of items.items) {
    const tool = readMembers(line, start, end);
    if (!tool.ok) return tool;
    const named = tool.members.find(({ key }) => key === 'name');
    const name = named === undefined ? null : stringAt(line, named);
    if (name === null) return notAList('a tool without a name');
    if (names.has(name)) return { ok: false, code: 'AMBIGUOUS', detail: `two tools are named ${JSON.stringify(name)}` };
    names.add(name);
    tools.push({ name, start, end });
  }
  const cursor = members.members.find(({ key }) => key === 'nextCursor');
  return { ok: true, tools, nextCursor: cursor === undefined ? null : stringAt(line, cursor) };
}

/**
 * The response without the tools that `keep` turns down. Only their bytes and a comma each are left out; an error
 * response, and a list of which all is kept, come back as the same array. Throws `Refused` where `readToolList`
 * refuses.
 */
export function spliceTools(line: Uint8Array, keep: (name: string, bytes: Uint8Array) => boolean): Uint8Array {
  const message = readMembers(line);
  const isError = message.ok && message.members.some(({ key, start }) => key === 'error' && line[start] === 0x7b);
  if (isError && !message.members.some(({ key }) => key === 'result')) return line;
  const read = readToolList(line);
  if (!read.ok) throw new Refused(read.code, read.detail);
  const { tools } = read;
  const kept = tools.filter(({ name, start, end }) => keep(name, line.subarray(start, end)));
  if (kept.length === tools.length) return line;

  const first = tools[0] as ListedTool;
  const last = tools[tools.length - 1] as ListedTool;
  const spliced = new Uint8Array(line.length);
  let length = 0;
  const copy = (start: number, end: number): void => {
    spliced.set(line.subarray(start, end), length);
    length += end - start;
  };
  copy(0, first.start);
  for (const [place, tool] of kept.entries()) {
    // With what stood before it, comma and white space, unless it has become the first.
    const before = place === 0 ? tool.start : (tools[tools.indexOf(tool) - 1] as ListedTool).end;
    copy(before, tool.end);
  }
  copy(last.end, line.length);
  return spliced.subarray(0, length);
}

function notAList(detail: string): Unreadable {
  return { ok: false, code: 'NOT_JSON', detail: `not an answer to tools/list: ${detail}` };
}
