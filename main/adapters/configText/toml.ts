/** TOML, edited by replacing the text of single values, or the lines of a table. */
import { type AST, getStaticTOMLValue, ParseError, parseTOML, traverseNodes } from 'toml-eslint-parser';
import { Refused } from '../../contract/refusal.ts';
import type { Path, ReadConfig, Region } from '../../services/clients/ports.ts';
import { flow, lineStart } from './flow.ts';

/** A key with its whole path from the root. */
interface Placed {
  readonly path: readonly (string | number)[];
  readonly node: AST.TOMLKeyValue;
}

/** Parses a text (TOML 1.0). */
export function tomlConfig(text: string): ReadConfig {
  let program: AST.TOMLProgram;
  try {
    program = parseTOML(text, { tomlVersion: '1.0' });
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    return { ok: false, line: error.lineNumber, message: error.message };
  }
  const lost = lostKey(program);
  if (lost) return { ok: false, line: lost.loc.start.line, message: 'a key is called __proto__' };
  const [top] = program.body;
  const tables = top.body.filter((node) => node.type === 'TOMLTable');
  const keys = [
    ...top.body.filter((node) => node.type === 'TOMLKeyValue').map((node) => placed([], node)),
    ...tables.flatMap((table) => table.body.map((node) => placed(table.resolvedKey, node))),
  ];
  const tableAt = (path: Path) => tables.find((table) => table.kind === 'standard' && same(table.resolvedKey, path));

  const nodeAt = (path: Path): AST.TOMLKeyValue | undefined => inlineAt(keys, path);
  const region = (path: Path): Region | null => {
    const node = nodeAt(path);
    if (node) return { start: node.value.range[0], end: node.value.range[1] };
    const table = tableAt(path);
    if (keys.some((key) => key.path.length > path.length && same(key.path.slice(0, path.length), path)) && !table)
      throw new Refused('CONFIG_INVALID', `${path.join('.')} is written in several places`);
    return table ? bodyOf(text, table) : null;
  };
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const lines = (value: unknown, indent: string) =>
    Object.entries(value as object).map(([key, one]) => `${eol}${indent}${keyText(key)} = ${flow(one, ' = ')}`);
  return {
    ok: true,
    document: {
      value: getStaticTOMLValue(program),
      lineOf(path) {
        for (let length = path.length; length > 0; length--) {
          const at = path.slice(0, length);
          const node = nodeAt(at) ?? tableAt(at);
          if (node) return node.loc.start.line;
        }
        return 1;
      },
      region,
      written: (path, value) => (nodeAt(path) ? flow(value, ' = ') : lines(value, '').join('')),
      beside(path, key, value) {
        const node = nodeAt(path);
        const inline = node?.parent?.type === 'TOMLInlineTable';
        const member = `${keyText(key)} = ${flow(value, ' = ')}`;
        return inline ? `, ${member}` : `${(node && lineStart(text, node.range[0])) ?? eol}${member}`;
      },
    },
  };
}

function placed(base: readonly (string | number)[], node: AST.TOMLKeyValue): Placed {
  return { path: [...base, ...node.key.keys.map(nameOf)], node };
}

/** A key that the parser's plain values cannot hold, and that other parsers read like any other. */
function lostKey(program: AST.TOMLProgram): AST.TOMLKey | undefined {
  let lost: AST.TOMLKey | undefined;
  traverseNodes(program, {
    enterNode(node) {
      if (node.type === 'TOMLKey' && node.keys.some((key) => nameOf(key) === '__proto__')) lost ??= node;
    },
    leaveNode() {},
  });
  return lost;
}

const nameOf = (key: AST.TOMLBare | AST.TOMLQuoted): string => (key.type === 'TOMLBare' ? key.name : key.value);

/** The key of this path, looked for inside of inline tables too. */
function inlineAt(keys: readonly Placed[], path: Path): AST.TOMLKeyValue | undefined {
  for (const { path: at, node } of keys) {
    if (at.length > path.length || !same(at, path.slice(0, at.length))) continue;
    if (at.length === path.length) return node;
    if (node.value.type !== 'TOMLInlineTable') continue;
    const members = node.value.body.map((member) => placed(at, member));
    const found = inlineAt(members, path);
    if (found) return found;
  }
  return undefined;
}

/** From the end of a table's header up to the end of its last key. */
function bodyOf(text: string, table: AST.TOMLTable): Region {
  const header = text.indexOf(']', table.key.range[1]) + 1;
  return { start: header, end: table.body.at(-1)?.range[1] ?? header };
}

function same(one: Path, other: Path): boolean {
  return one.length === other.length && one.every((step, index) => String(step) === String(other[index]));
}

const keyText = (key: string): string => (/^[\w-]+$/.test(key) ? key : flow(key, ' = '));
