import { expect, test } from 'vitest';
import { jsonNodes } from './jsonNodes.ts';
import { hiddenValues, isTreeCut, openedAtFirst, type Row, rowsOf } from './jsonRows.ts';

const tree = (value: unknown) => {
  const root = jsonNodes(typeof value === 'string' ? value : JSON.stringify(value));
  if (root === null) throw new Error('no JSON');
  return root;
};
const first = (value: unknown) => rowsOf(tree(value), openedAtFirst(tree(value)));
const names = (rows: readonly Row[]) =>
  rows.map((row) => (row.kind === 'gap' ? `${row.items} of ${row.of}` : row.node.name));

test('what fits is all in sight', () => {
  const value = { a: 1, b: { c: [1, 2] } };
  expect(names(first(value))).toEqual(['a', 'b', 'c', '0', '1']);
  expect(isTreeCut(tree(value))).toBe(false);
});

test('of a long list beginning and end are in sight, and the rest is counted', () => {
  const list = Array.from({ length: 120 }, (_, at) => at);
  const rows = first(list);
  expect(names(rows)).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '107 of 120', '117', '118', '119']);
  expect(hiddenValues(tree(list), rows)).toBe(107);
  expect(isTreeCut(tree(list))).toBe(true);
});

test('what is closed is counted with all it holds', () => {
  const wide = Object.fromEntries(Array.from({ length: 12 }, (_, at) => [`k${at}`, { x: 1, y: [2, 3] }]));
  const root = tree(wide);
  const rows = rowsOf(root, openedAtFirst(root));
  expect(rows.length + hiddenValues(root, rows)).toBe(root.size);
  expect(isTreeCut(root)).toBe(true);
  expect(hiddenValues(root, rowsOf(root, { all: true, nodes: new Set(), gaps: new Set() }))).toBe(0);
});

test('a long text in it is a part that is not in sight', () => {
  expect(isTreeCut(tree({ a: 'x'.repeat(5000) }))).toBe(true);
});

test('levels without number are counted, not climbed', () => {
  const root = tree(`${'['.repeat(20_000)}${']'.repeat(20_000)}`);
  expect(hiddenValues(root, rowsOf(root, openedAtFirst(root)))).toBeGreaterThan(19_900);
  expect(rowsOf(root, { all: true, nodes: new Set(), gaps: new Set() })).toHaveLength(19_999);
});
