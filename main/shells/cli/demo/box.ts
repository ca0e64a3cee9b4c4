import { stripVTControlCharacters } from 'node:util';
import type { Paint } from '../paint.ts';

const width = (text: string) => [...stripVTControlCharacters(text)].length;

/** Lines in a frame of `columns` columns with a title; what is longer goes on in the next line, nothing is cut. */
export function box(title: string, lines: readonly string[], columns: number, paint: Paint): string[] {
  const inner = columns - 4;
  const edge = paint.warn('│');
  const rule = (length: number) => '─'.repeat(Math.max(0, length));
  return [
    paint.warn(`╭─ ${title} ${rule(columns - width(title) - 5)}╮`),
    ...lines
      .flatMap((line) => wrap(line, inner))
      .map((line) => `${edge} ${line}${' '.repeat(inner - width(line))} ${edge}`),
    paint.warn(`╰${rule(columns - 2)}╯`),
  ];
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: a colour sequence starts with Escape; it takes no room and is never split
const PARTS = /\x1b\[\d+m|./gsu;

/** A line broken after `inner` visible characters; a colour that is on at a break goes on after it. */
export function wrap(line: string, inner: number): string[] {
  if (width(line) <= inner) return [line];
  const rows = [''];
  let used = 0;
  let colour = '';
  for (const [part] of line.matchAll(PARTS)) {
    if (part.startsWith('\x1b')) {
      colour = part;
      rows[rows.length - 1] += part;
      continue;
    }
    if (used === inner) {
      if (colour !== '') rows[rows.length - 1] += '\x1b[0m';
      rows.push(colour);
      used = 0;
    }
    rows[rows.length - 1] += part;
    used += 1;
  }
  return rows;
}
