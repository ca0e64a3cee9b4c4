import { realpath } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import { isOfPage, type Page } from './pages.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.json': 'application/json',
};

/** A file of a page: where it is, and its media type. */
export interface PageFile {
  readonly path: string;
  readonly type: string;
}

/**
 * The file a page's URL means; null when it is of another origin, not one the page serves, of an unknown type,
 * missing, or leads out of `root` once links are resolved.
 */
export async function pageFile(page: Page, root: string, url: string): Promise<PageFile | null> {
  if (!isOfPage(page, url)) return null;
  const path = relativePath(url);
  const type = path === null ? undefined : TYPES[extname(path)];
  if (path === null || type === undefined || !page.serves(path)) return null;
  try {
    const [base, file] = await Promise.all([realpath(root), realpath(join(root, path))]);
    return file.startsWith(base + sep) ? { path: file, type } : null;
  } catch {
    return null;
  }
}

/** The decoded path without its leading slash; null when any part of it could leave the folder or hide a character. */
function relativePath(url: string): string | null {
  try {
    const path = decodeURIComponent(new URL(url).pathname).slice(1);
    const parts = path.split('/');
    return parts.every((part) => /^[A-Za-z0-9._-]+$/.test(part) && !/^\.+$/.test(part)) ? path : null;
  } catch {
    return null;
  }
}
