/** JSON text as a tree whose every leaf is the characters it was: no number is rounded, no key reordered. */
import { jsonTokens } from './jsonTokens.ts';

export interface JsonNode {
  /** JSON pointer (RFC 6901). */
  readonly pointer: string;
  /** The key or position in what it lies in; empty for the whole. */
  readonly name: string;
  readonly kind: 'object' | 'array' | 'string' | 'literal';
  /** A string's own characters, a literal as it was written; empty for what holds others. */
  readonly text: string;
  readonly children: readonly JsonNode[];
  /** How many values it holds at any depth. */
  readonly size: number;
}

interface Frame {
  readonly pointer: string;
  readonly name: string;
  readonly kind: 'object' | 'array';
  readonly children: JsonNode[];
  size: number;
  key: string | null;
}

/** The tree of a JSON text that the gate has read strictly; null when it is no JSON. Never recurses: depth costs nothing. */
export function jsonNodes(json: string): JsonNode | null {
  const stack: Frame[] = [];
  let root: JsonNode | null = null;
  const named = () => {
    const frame = stack.at(-1);
    const name = frame === undefined ? '' : frame.kind === 'array' ? String(frame.children.length) : (frame.key ?? '');
    const pointer = frame === undefined ? '' : `${frame.pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    return { name, pointer };
  };
  const put = (node: JsonNode) => {
    const frame = stack.at(-1);
    if (frame === undefined) root = node;
    else {
      frame.children.push(node);
      frame.size += node.size + 1;
      frame.key = null;
    }
  };
  try {
    for (const token of jsonTokens(json)) {
      const frame = stack.at(-1);
      if (token === '{' || token === '[') {
        stack.push({ ...named(), kind: token === '{' ? 'object' : 'array', children: [], size: 0, key: null });
      } else if (token === '}' || token === ']') {
        const ended = stack.pop();
        if (ended === undefined) return null;
        const { pointer, name, kind, children, size } = ended;
        put({ pointer, name, kind, children, size, text: '' });
      } else if (token === ',' || token === ':') {
        // The strict reader has seen to it that they stand where they must.
      } else if (token.startsWith('"')) {
        const text = JSON.parse(token) as string;
        if (frame?.kind === 'object' && frame.key === null) frame.key = text;
        else put({ ...named(), kind: 'string', text, children: [], size: 0 });
      } else put({ ...named(), kind: 'literal', text: token, children: [], size: 0 });
    }
  } catch {
    return null;
  }
  return stack.length === 0 ? root : null;
}
