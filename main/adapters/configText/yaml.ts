/** YAML, edited by replacing the text of single values: the library's own writing would lay the whole file out anew. */
import { type Document, isAlias, isMap, isNode, type Node, type Pair, parseDocument, visit } from 'yaml';
import { Refused } from '../../contract/refusal.ts';
import type { Path, ReadConfig, Region } from '../../services/clients/ports.ts';
import { flow } from './flow.ts';

/** Parses a text of one document; an empty one is an empty map. */
export function yamlConfig(text: string): ReadConfig {
  // The library compares each key of a map with each, and quotes the text for every error.
  const document = parseDocument(text, { keepSourceTokens: true, prettyErrors: false, uniqueKeys: false });
  const [error] = document.errors;
  if (error) return { ok: false, line: lineAt(text, error.pos[0]), message: error.message };
  const fault = faultIn(document);
  if (fault) return { ok: false, line: lineAt(text, fault.offset), message: fault.message };
  const value = plainValue(document);
  if (value instanceof Error) return { ok: false, line: null, message: value.message };
  const pairAt = (path: Path): Pair | undefined => {
    const parent = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
    return isMap(parent) ? parent.items.find(({ key }) => String(key) === String(path.at(-1))) : undefined;
  };
  const region = (path: Path): Region | null => {
    const pair = pairAt(path);
    if (!pair) return null;
    const colon = colonOf(pair);
    const value = isNode(pair.value) ? pair.value : null;
    refuseShared(path, value);
    return { start: colon, end: value?.range ? endOf(text, colon, value.range[1]) : colon };
  };
  return {
    ok: true,
    document: {
      value,
      lineOf(path) {
        for (let length = path.length; length > 0; length--) {
          const at = path.slice(0, length);
          const item = document.getIn(at, true);
          const offset = pairAt(at) ? startOf(pairAt(at)?.key) : isNode(item) ? item.range?.[0] : undefined;
          if (offset !== undefined) return lineAt(text, offset);
        }
        return 1;
      },
      region,
      written: (_, value) => ` ${flow(value, ': ')}`,
      beside(path, key, value) {
        const parent = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
        const member = `${flow(key, ': ')}: ${flow(value, ': ')}`;
        if (isMap(parent) && parent.flow === true) return `, ${member}`;
        const start = startOf(pairAt(path)?.key);
        const column = start - (text.lastIndexOf('\n', start - 1) + 1);
        return `${text.includes('\r\n') ? '\r\n' : '\n'}${' '.repeat(column)}${key}: ${flow(value, ': ')}`;
      },
    },
  };
}

const startOf = (node: unknown): number => (isNode(node) ? (node.range?.[0] ?? 0) : 0);

const lineAt = (text: string, offset: number): number => text.slice(0, offset).split('\n').length;

/** Nobody writes more, and what each stands for is looked for in the whole document. */
const MOST_ALIASES = 100;

/** A key that is there twice in its map, or more aliases than anybody writes. */
function faultIn(document: Document): { readonly offset: number; readonly message: string } | null {
  let fault: ReturnType<typeof faultIn> = null;
  let aliases = 0;
  visit(document, {
    Map(_, { items }) {
      const seen = new Set<string>();
      for (const { key } of items) {
        const name = String(key);
        if (seen.has(name)) fault = { offset: startOf(key), message: 'Map keys must be unique' };
        if (fault !== null) return visit.BREAK;
        seen.add(name);
      }
      return undefined;
    },
    Alias(_, alias) {
      aliases += 1;
      if (aliases <= MOST_ALIASES) return undefined;
      fault = { offset: startOf(alias), message: 'it has too many aliases' };
      return visit.BREAK;
    },
  });
  return fault;
}

/**
 * What an alias stands for is only looked up here: an error where nothing has its name, where aliases make too much of it,
 * or where one stands for what it is in itself.
 */
function plainValue(document: Document): unknown {
  try {
    const value: unknown = document.toJS() ?? {};
    return isCircular(value) ? new Error('an alias in it stands for what it is part of') : value;
  } catch (error) {
    if (error instanceof ReferenceError) return error;
    throw error;
  }
}

/** `inside`: what the value is part of. `done`: what was looked at, since one thing may stand in many places. */
function isCircular(value: unknown, inside = new Set<object>(), done = new Set<object>()): boolean {
  if (typeof value !== 'object' || value === null || done.has(value)) return false;
  if (inside.has(value)) return true;
  inside.add(value);
  const circular = Object.values(value).some((one) => isCircular(one, inside, done));
  inside.delete(value);
  done.add(value);
  return circular;
}

/** Right after the `:` of a pair. */
function colonOf(pair: Pair): number {
  const token = pair.srcToken?.sep?.find(({ type }) => type === 'map-value-ind');
  if (!token) throw new Refused('CONFIG_INVALID', `${String(pair.key)} has no value that could be replaced`);
  return token.offset + 1;
}

/** Without the white space after it: that belongs to what follows. */
function endOf(text: string, start: number, end: number): number {
  return start + text.slice(start, end).trimEnd().length;
}

function refuseShared(path: Path, value: Node | null): void {
  let shared = false;
  visit(value, {
    Node: (_, node) => {
      if (isAlias(node) || ('anchor' in node && node.anchor !== undefined)) shared = true;
    },
    Pair: (_, pair) => {
      if (String(pair.key) === '<<') shared = true;
    },
  });
  if (shared) throw new Refused('CONFIG_INVALID', `${path.join('.')} is shared with other places by a YAML anchor`);
}
