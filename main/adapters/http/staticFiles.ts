import { readFile, realpath } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

export interface StaticFile {
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** Reads a file below `root` by its URL path; null when there is none, when it lies elsewhere, or is of no kind we serve. */
export async function readStatic(root: string, urlPath: string): Promise<StaticFile | null> {
  const type = TYPES[extname(urlPath)];
  if (type === undefined) return null;
  try {
    const folder = await realpath(root);
    // Links are resolved before the comparison: neither `..` nor a link leads out of the folder.
    const file = await realpath(join(folder, decodeURIComponent(urlPath)));
    return file.startsWith(folder + sep) ? { type, bytes: await readFile(file) } : null;
  } catch {
    return null;
  }
}
