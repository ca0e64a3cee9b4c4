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

/** Characters at the end of a row among which a space is looked for, so that words stay whole. */
const LOOK_BACK = 24;

/** A line broken after at most `inner` visible characters, at a space where one is near; a colour that is on goes on. */
export function wrap(line: string, inner: number): string[] {
  if (width(line) <= inner) return [line];
  const rows: string[] = [];
  let row = '';
  let used = 0;
  let colour = '';
  for (const [part] of line.matchAll(PARTS)) {
    if (part.startsWith('\x1b')) {
      colour = part;
      row += part;
      continue;
    }
    if (used === inner) {
      const [kept, rest] = breakRow(row);
      rows.push(colour === '' ? kept : `${kept}\x1b[0m`);
      row = colour + rest;
      used = width(rest);
    }
    row += part;
    used += 1;
  }
  return [...rows, row];
}

/** A full row without its last broken word, and that word; the whole row when no space is near. */
function breakRow(row: string): [string, string] {
  const space = row.lastIndexOf(' ');
  const word = row.slice(space + 1);
  const near = space > 0 && word.length <= LOOK_BACK && !word.includes('\x1b') && row.slice(0, space).trim() !== '';
  return near ? [row.slice(0, space), word] : [row, ''];
}
