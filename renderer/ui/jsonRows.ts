/** Which values of a JSON tree are in sight, so that what is not can be counted (SECURITY.md prompt rule 5). */
import { isCut } from './cut.ts';
import type { JsonNode } from './jsonNodes.ts';

/** A tree opens by itself as far as this many rows. */
const ROWS = 24;
/** Of a longer list the beginning and the end are in sight. */
const MANY = 16;
const HEAD = 10;
const TAIL = 3;

/** What is open: everything, or what these pointers name; a gap in a list is named by its pointer as well. */
export interface Opened {
  readonly all: boolean;
  readonly nodes: ReadonlySet<string>;
  readonly gaps: ReadonlySet<string>;
}

export type Row =
  | {
      readonly kind: 'value';
      readonly node: JsonNode;
      readonly depth: number;
      readonly place: number;
      readonly of: number;
    }
  /** `items` of a list that are not in sight. */
  | {
      readonly kind: 'gap';
      readonly pointer: string;
      readonly items: number;
      readonly of: number;
      readonly depth: number;
    };

/** Level by level as far as there is room; what holds nothing needs no opening. */
export function openedAtFirst(root: JsonNode): Opened {
  const nodes = new Set<string>();
  let used = 0;
  for (let level: readonly JsonNode[] = [root]; level.length > 0; ) {
    const next: JsonNode[] = [];
    for (const node of level) {
      if (node.children.length === 0) continue;
      const rows = shownOf(node.children.length);
      if (node !== root && used + rows > ROWS) continue;
      used += rows;
      nodes.add(node.pointer);
      next.push(...node.children);
    }
    level = next;
  }
  return { all: false, nodes, gaps: new Set() };
}

const shownOf = (length: number) => (length > MANY ? HEAD + TAIL + 1 : length);

/** The rows in sight, the root itself left out; never recurses. */
export function rowsOf(root: JsonNode, opened: Opened): Row[] {
  const rows: Row[] = [];
  const isOpen = (node: JsonNode) => opened.all || opened.nodes.has(node.pointer);
  const waiting: Row[] = below(root, 0, opened).reverse();
  for (let row = waiting.pop(); row !== undefined; row = waiting.pop()) {
    rows.push(row);
    if (row.kind === 'value' && row.node.children.length > 0 && isOpen(row.node))
      for (const inner of below(row.node, row.depth + 1, opened).reverse()) waiting.push(inner);
  }
  return rows;
}

function below({ pointer, children }: JsonNode, depth: number, { all, gaps }: Opened): Row[] {
  const value = (node: JsonNode, place: number): Row => ({ kind: 'value', node, depth, place, of: children.length });
  const values = children.map(value);
  if (all || children.length <= MANY || gaps.has(pointer)) return values;
  const gap: Row = { kind: 'gap', pointer, items: children.length - HEAD - TAIL, of: children.length, depth };
  return [...values.slice(0, HEAD), gap, ...values.slice(-TAIL)];
}

/** How many values are not in sight. */
export function hiddenValues(root: JsonNode, rows: readonly Row[]): number {
  return root.size - rows.filter(({ kind }) => kind === 'value').length;
}

/** Whether a part of the tree, or of a text in it, is not in sight at first. */
export function isTreeCut(root: JsonNode): boolean {
  const rows = rowsOf(root, openedAtFirst(root));
  return hiddenValues(root, rows) > 0 || rows.some((row) => row.kind === 'value' && isCut(row.node.text));
}
