/** The folders that relative paths of a call may be meant from: which one is, only the server knows. */
import { isAbsolute, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Span } from '../../core/mcp/members.ts';
import { type NamingEntry, namedPaths } from '../../core/sandbox/named.ts';
import { readParams, text } from './params.ts';
import type { FoldersAmong } from './ports.ts';

/** Where a server works first, and then the folders that its arguments and variables name. */
export async function workFolders(
  { cwd, ...entry }: NamingEntry & { readonly cwd: string },
  foldersAmong: FoldersAmong,
): Promise<string[]> {
  const named = namedPaths(entry).map((path) => resolve(cwd, path));
  return [...new Set([cwd, ...(await foldersAmong(named))])];
}

/** The folders of an answer to `roots/list` (MCP: Root, `file:` URIs). */
export function rootsIn(line: Uint8Array, result: Span | null): string[] {
  const roots = readParams(line, result)?.members.find(({ key }) => key === 'roots')?.value;
  if (roots?.kind !== 'array') return [];
  return roots.items.flatMap((root) => {
    const uri = root.kind === 'object' ? text(root, 'uri') : undefined;
    try {
      const path = uri && /^file:/i.test(uri) ? fileURLToPath(uri) : '';
      return isAbsolute(path) ? [path] : [];
    } catch {
      return [];
    }
  });
}
