/** Where exported records go: files that can be gone on with, or standard output. */
import { existsSync } from 'node:fs';
import { appendFile, open, writeFile } from 'node:fs/promises';
import { csvHead, csvLines } from '../../../adapters/export/csv.ts';
import { Refused } from '../../../contract/errors.ts';
import { type ExportPage, exportLine } from '../../../contract/export.ts';

export interface Target {
  /** The sequence to begin with. */
  readonly from: number;
  /** What was written. */
  readonly files: readonly string[];
  take(page: ExportPage): Promise<void>;
  close(): Promise<void>;
}

/** A line for each record, a header before the first. */
export async function jsonlTarget(file: string | undefined, resume: boolean): Promise<Target> {
  const from = file === undefined ? 0 : await beginning(file, resume);
  let head: string | null = null;
  const write = writer(file);
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

/** Comma-separated values, and beside them the proofs, from which a file that is gone on with is made again. */
export async function csvTarget(file: string | undefined, resume: boolean): Promise<Target> {
  const write = writer(file);
  if (file === undefined) {
    let headed = false;
    return {
      from: 0,
      files: [],
      async take({ lines }) {
        await write((headed ? '' : csvHead()) + csvLines(lines));
        headed = true;
      },
      close: async () => undefined,
    };
  }
  const proofs = await jsonlTarget(`${file}.proof.jsonl`, resume);
  await writeFile(file, csvHead(), { mode: 0o600 });
  for await (const line of linesOf(`${file}.proof.jsonl`)) {
    const known = exportLine.safeParse(line);
    if (known.success) await write(csvLines([known.data]));
  }
  return {
    from: proofs.from,
    files: [file, `${file}.proof.jsonl`],
    async take(page) {
      await write(csvLines(page.lines));
      await proofs.take(page);
    },
    close: () => proofs.close(),
  };
}

function writer(file: string | undefined): (text: string) => Promise<void> {
  if (file !== undefined) return (text) => appendFile(file, text, { mode: 0o600 });
  return (text) => new Promise((resolve) => process.stdout.write(text, () => resolve()));
}

/** An empty file, or, when it is gone on with, the sequence behind its last whole line. */
async function beginning(file: string, resume: boolean): Promise<number> {
  if (!resume || !existsSync(file)) {
    await writeFile(file, '', { mode: 0o600 });
    return 0;
  }
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

async function* linesOf(file: string): AsyncGenerator<unknown> {
  const handle = await open(file);
  try {
    for await (const line of handle.readLines()) if (line !== '') yield parsed(line, file);
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
