/** YAML, edited by replacing the text of single values: the library's own writing would lay the whole file out anew. */
import { type Document, isAlias, isMap, isNode, type Node, type Pair, parseDocument, visit } from 'yaml';
import { Refused } from '../../contract/refusal.ts';
import type { Path, ReadConfig, Region } from '../../services/clients/ports.ts';
import { flow } from './flow.ts';

/** Parses a text of one document; an empty one is an empty map. */
export function yamlConfig(text: string): ReadConfig {
  const document = parseDocument(text, { keepSourceTokens: true, prettyErrors: true });
  const [error] = document.errors;
  if (error) {
    const message = error.message.split('\n')[0] ?? error.code;
    return { ok: false, line: error.linePos?.[0].line ?? null, message: message.replace(/ at line \d+.*$/, '') };
  }
  const value = plainValue(document);
  if (value instanceof ReferenceError) return { ok: false, line: null, message: value.message };
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
  const startOf = (pair: Pair | undefined): number => (isNode(pair?.key) ? (pair.key.range?.[0] ?? 0) : 0);
  return {
    ok: true,
    document: {
      value,
      lineOf(path) {
        for (let length = path.length; length > 0; length--) {
          const at = path.slice(0, length);
          const item = document.getIn(at, true);
          const offset = pairAt(at) ? startOf(pairAt(at)) : isNode(item) ? item.range?.[0] : undefined;
          if (offset !== undefined) return text.slice(0, offset).split('\n').length;
        }
        return 1;
      },
      region,
      written: (_, value) => ` ${flow(value, ': ')}`,
      beside(path, key, value) {
        const parent = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
        const member = `${flow(key, ': ')}: ${flow(value, ': ')}`;
        if (isMap(parent) && parent.flow === true) return `, ${member}`;
        const start = startOf(pairAt(path));
        const column = start - (text.lastIndexOf('\n', start - 1) + 1);
        return `${text.includes('\r\n') ? '\r\n' : '\n'}${' '.repeat(column)}${key}: ${flow(value, ': ')}`;
      },
    },
  };
}

/** What an alias stands for is only looked up here: an error where nothing has its name, or aliases make too much of it. */
function plainValue(document: Document): unknown {
  try {
    return document.toJS() ?? {};
  } catch (error) {
    if (error instanceof ReferenceError) return error;
    throw error;
  }
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
