/** The tree of a JSON text with comments, as `jsonc-parser` gives it. */
import { type Node, type ParseError, printParseErrorCode } from 'jsonc-parser';

/** What people and clients write into such files. */
export const TOLERATED = { allowTrailingComma: true, disallowComments: false };

/** What is wrong where a text is no JSON, in words. */
export function syntaxFault({ error }: ParseError): string {
  return printParseErrorCode(error)
    .replace(/(?<=[a-z])(?=[A-Z])/g, ' ')
    .toLowerCase();
}

/** Plain value of a node; keys such as `__proto__` stay own keys. */
export function plainValue(node: Node): unknown {
  if (node.type === 'array') return (node.children ?? []).map(plainValue);
  if (node.type !== 'object') return node.value;
  const entries = (node.children ?? []).map(({ children }) => [
    children?.[0]?.value,
    children?.[1] && plainValue(children[1]),
  ]);
  return Object.fromEntries(entries);
}

/** The first key that is there twice in its object: two parsers could take different ones. */
export function duplicateKey(node: Node): Node | undefined {
  const seen = new Set<string>();
  for (const child of node.children ?? []) {
    const [key, value] = node.type === 'object' ? (child.children ?? []) : [undefined, child];
    if (key) {
      if (seen.has(key.value)) return key;
      seen.add(key.value);
    }
    const inside = value && duplicateKey(value);
    if (inside) return inside;
  }
  return undefined;
}

/** The node at a path, or the innermost one around it. */
export function nearest(tree: Node, path: readonly (string | number)[]): Node {
  let node = tree;
  for (const step of path) {
    const next =
      node.type === 'array'
        ? node.children?.[Number(step)]
        : node.children?.find(({ children }) => children?.[0]?.value === step)?.children?.[1];
    if (!next) return node;
    node = next;
  }
  return node;
}

/** The line of an offset, from 1. */
export function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}
