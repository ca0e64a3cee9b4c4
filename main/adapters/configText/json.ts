/** JSON with comments and trailing commas, edited by replacing the text of single values. */
import { findNodeAtLocation, type Node, type ParseError, parseTree } from 'jsonc-parser';
import type { Path, ReadConfig, Region } from '../../services/clients/ports.ts';
import { duplicateKey, lineOf, nearest, plainValue, syntaxFault, TOLERATED } from '../files/jsonTree.ts';
import { flow, lineStart } from './flow.ts';

/** Parses a text; an empty one is an empty object. */
export function jsonConfig(text: string): ReadConfig {
  const errors: ParseError[] = [];
  const tree = text.trim() === '' ? undefined : parseTree(text, errors, TOLERATED);
  const [error] = errors;
  if (error) return { ok: false, line: lineOf(text, error.offset), message: syntaxFault(error) };
  const twice = tree && duplicateKey(tree);
  if (twice) return { ok: false, line: lineOf(text, twice.offset), message: `"${twice.value}" is there twice` };

  const nodeAt = (path: Path): Node | undefined => tree && findNodeAtLocation(tree, [...path]);
  const region = (path: Path): Region | null => {
    const node = nodeAt(path);
    return node ? { start: node.offset, end: node.offset + node.length } : null;
  };
  return {
    ok: true,
    document: {
      value: tree ? plainValue(tree) : {},
      lineOf: (path) => (tree ? lineOf(text, (nodeAt(path)?.parent ?? nearest(tree, path)).offset) : 1),
      region,
      written: (_, value) => flow(value, ': '),
      beside(path, key, value) {
        const start = nodeAt(path)?.parent?.offset ?? 0;
        return `,${lineStart(text, start) ?? ' '}${flow(key, ': ')}: ${flow(value, ': ')}`;
      },
    },
  };
}
