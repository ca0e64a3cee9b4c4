/** Where exported records go: files that can be gone on with, or standard output. */
import { existsSync } from 'node:fs';
import { open, writeFile } from 'node:fs/promises';
import { csvHead, csvLines } from '../../../adapters/export/csv.ts';
import { ocsfLines } from '../../../adapters/export/ocsf.ts';
import { Refused } from '../../../contract/errors.ts';
import { type ExportLine, exportLine } from '../../../contract/export.ts';
import type { ExportPart } from './pages.ts';

export interface Target {
  /** The sequence to begin with. */
  readonly from: number;
  /** What was written. */
  readonly files: readonly string[];
  take(part: Pick<ExportPart, 'header' | 'lines'>): Promise<void>;
  close(): Promise<void>;
}

/** A line for each record, a header before the first. A file that is not gone on with stays as it is until there is a page. */
export async function jsonlTarget(file: string | undefined, resume: boolean): Promise<Target> {
  const goesOn = resume && file !== undefined && existsSync(file);
  const from = goesOn ? await behindLast(file) : 0;
  let head: string | null = null;
  const write = writer(file, goesOn);
  return {
    from,
    files: file === undefined ? [] : [file],
    async take({ header, lines }) {
      const first = JSON.stringify(header);
      const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
      await write(head === null ? `${first}\n${text}` : text);
      head = first;
    },
    close: async () => undefined,
  };
}

/** What records become in a file that does not prove itself. */
export interface Shape {
  /** What stands before the first. */
  readonly head: string;
  /** `device`: the ledger's public key. */
  lines(lines: readonly ExportLine[], device: string): string;
}
export const CSV: Shape = { head: csvHead(), lines: csvLines };
export const OCSF: Shape = { head: '', lines: ocsfLines };

/** Records in another shape, and beside them the proofs, from which a file that is gone on with is made again. */
export async function shapedTarget(shape: Shape, file: string | undefined, resume: boolean): Promise<Target> {
  const proofsFile = file === undefined ? undefined : `${file}.proof.jsonl`;
  const proofs = proofsFile === undefined ? null : await jsonlTarget(proofsFile, resume);
  const write = writer(file, false);
  let headed = false;
  const add = async (lines: readonly ExportLine[], device: string) => {
    await write((headed ? '' : shape.head) + shape.lines(lines, device));
    headed = true;
  };
  return {
    from: proofs?.from ?? 0,
    files: file === undefined || proofsFile === undefined ? [] : [file, proofsFile],
    async take(part) {
      if (!headed && proofsFile !== undefined && resume)
        for await (const lines of recordsIn(proofsFile)) await add(lines, part.header.key);
      await add(part.lines, part.header.key);
      await proofs?.take(part);
    },
    close: async () => proofs?.close(),
  };
}

/** The first text begins the file anew unless it `goesOn`. */
function writer(file: string | undefined, goesOn: boolean): (text: string) => Promise<void> {
  if (file === undefined) return (text) => new Promise((resolve) => process.stdout.write(text, () => resolve()));
  let flag = goesOn ? 'a' : 'w';
  return async (text) => {
    await writeFile(file, text, { mode: 0o600, flag });
    flag = 'a';
  };
}

/** The sequence behind the last whole line. */
async function behindLast(file: string): Promise<number> {
  const last = await lastLine(file);
  if (last === null) return 0;
  const line = exportLine.safeParse(last);
  if (line.success) return line.data.seq + 1;
  const header = (last as { from?: unknown }).from;
  if (typeof header === 'number') return header;
  throw new Refused('INPUT_INVALID', `${file} is no export that can be gone on with`);
}

const LINE_BREAK = 0x0a;
/** Bytes read back from a file's end at first; longer lines take more. */
const TAIL = 64 * 1024;

/** The last whole line, null when there is none; one behind it that was cut in the middle is dropped. Reads only the end. */
async function lastLine(file: string): Promise<unknown> {
  const handle = await open(file, 'r+');
  try {
    const { size } = await handle.stat();
    for (let length = Math.min(TAIL, size); ; length = Math.min(4 * length, size)) {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, size - length);
      const tail = buffer.subarray(0, bytesRead);
      const end = tail.lastIndexOf(LINE_BREAK);
      const before = end < 1 ? -1 : tail.lastIndexOf(LINE_BREAK, end - 1);
      if (before < 0 && length < size) continue;
      await handle.truncate(size - length + end + 1);
      return end < 1 ? null : parsed(tail.toString('utf8', before + 1, end), file);
    }
  } finally {
    await handle.close();
  }
}

/** So many of a file’s records, and of its characters, are held at a time: records may be megabytes each. */
const AT_ONCE = 500;
const LONGEST = 8 * 1024 * 1024;

/** The records of an export in parts, oldest first; none of a file that is not there. */
export async function* recordsIn(file: string): AsyncGenerator<readonly ExportLine[]> {
  if (!existsSync(file)) return;
  const handle = await open(file);
  try {
    let lines: ExportLine[] = [];
    let length = 0;
    for await (const line of handle.readLines()) {
      const known = line === '' ? undefined : exportLine.safeParse(parsed(line, file));
      if (known?.success) lines.push(known.data);
      length += line.length;
      if (lines.length < AT_ONCE && length < LONGEST) continue;
      yield lines;
      lines = [];
      length = 0;
    }
    yield lines;
  } finally {
    await handle.close();
  }
}

function parsed(line: string, file: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw new Refused('INPUT_INVALID', `${file} is no export that can be gone on with`);
  }
}
