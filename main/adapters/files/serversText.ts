/** The text of `servers.json`: read whole, edited without touching what people wrote around it. */
import { applyEdits, type FormattingOptions, modify, type Node, type ParseError, parseTree } from 'jsonc-parser';
import { firstFault } from '../../contract/fault.ts';
import { type ServerEntry, serversFile } from '../../contract/server.ts';
import type { ReadServers, ServersText } from '../../services/launch/ports.ts';
import { duplicateKey, lineOf, nearest, plainValue, syntaxFault, TOLERATED } from './jsonTree.ts';

/** JSON with comments and trailing commas. */
export const serversText: ServersText = { read: readServers, withEntry, withEntryKey };

function readServers(text: string | null): ReadServers {
  if (text === null || text.trim() === '') return { ok: true, entries: new Map() };
  const body = text.replace(/^\uFEFF/, '');
  const errors: ParseError[] = [];
  const tree = parseTree(body, errors, TOLERATED);
  const fault = (offset: number, what: string): ReadServers => ({
    ok: false,
    problem: `servers.json, line ${lineOf(body, offset)}: ${what}`,
    switchedOff: tree ? switchedOff(tree) : [],
  });
  const [error] = errors;
  if (error) return fault(error.offset, syntaxFault(error));
  if (!tree) return fault(0, 'nothing is there');
  const twice = duplicateKey(tree);
  if (twice) return fault(twice.offset, `"${twice.value}" is there twice`);

  const parsed = serversFile.safeParse(plainValue(tree));
  if (parsed.success) return { ok: true, entries: new Map(Object.entries(parsed.data.mcpServers)) };
  const found = firstFault(parsed.error);
  return fault(nearest(tree, found?.path ?? []).offset, found?.text ?? 'not understood');
}

function withEntry(text: string | null, server: string, entry: ServerEntry | undefined): string {
  return edited(text, ['mcpServers', server], entry);
}

function withEntryKey(text: string | null, server: string, key: string, value: unknown): string {
  return edited(text, ['mcpServers', server, key], value);
}

function edited(text: string | null, path: string[], value: unknown): string {
  const before = text === null || text.trim() === '' ? '{}\n' : text.replace(/^\uFEFF/, '');
  const formattingOptions = indentation(before);
  return applyEdits(before, modify(before, path, value, { formattingOptions }));
}

/** The indentation a person chose shows in the first indented line. */
function indentation(text: string): FormattingOptions {
  const indent = /\n([ \t]+)\S/.exec(text)?.[1] ?? '  ';
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  return { insertSpaces: !indent.startsWith('\t'), tabSize: indent.startsWith('\t') ? 1 : indent.length, eol };
}

function switchedOff(tree: Node): string[] {
  const servers = nearest(tree, ['mcpServers']);
  if (servers === tree || servers.type !== 'object') return [];
  return (servers.children ?? []).flatMap(({ children: [key, entry] = [] }) => {
    const off = entry && nearest(entry, ['disabled']);
    return off && off !== entry && off.value === true ? [String(key?.value)] : [];
  });
}
