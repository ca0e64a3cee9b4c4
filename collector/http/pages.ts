/** The console's own files. */
import { open, realpath } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import type { Readable } from 'node:stream';

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** Sent with every answer: nothing but our own files may run, style or be reached, nobody may frame or cache a page. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'Cache-Control': 'no-store',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
};

export interface PageFile {
  readonly type: string;
  /** Read as it is sent: whoever takes it slowly, or not at all, holds little of it. */
  readonly body: Readable;
}

/** A file of the console by its URL path; null for every other page, and for what lies outside the folder. */
export async function readPage(folder: string, path: string): Promise<PageFile | null> {
  const name = path === '/' ? '/console.html' : path;
  const type = TYPES[extname(name)];
  if (type === undefined || (name !== '/console.html' && extname(name) === '.html')) return null;
  try {
    const root = await realpath(folder);
    // Links are resolved before the comparison: neither `..` nor a link leads out of the folder.
    const file = await realpath(join(root, decodeURIComponent(name)));
    if (!file.startsWith(root + sep)) return null;
    return { type, body: (await open(file)).createReadStream() };
  } catch {
    return null;
  }
}
