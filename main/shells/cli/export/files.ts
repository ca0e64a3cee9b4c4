/** Where exported records go: files that can be gone on with, or standard output. */
import { existsSync } from 'node:fs';
import { appendFile, open, readFile, truncate, writeFile } from 'node:fs/promises';
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
  await cutToLines(file);
  const last = await lastLine(file);
  if (last === null) return 0;
  const line = exportLine.safeParse(last);
  if (line.success) return line.data.seq + 1;
  const header = (last as { from?: unknown }).from;
  if (typeof header === 'number') return header;
  throw new Refused('INPUT_INVALID', `${file} is no export that can be gone on with`);
}

/** Drops a last line that was cut in the middle. */
async function cutToLines(file: string): Promise<void> {
  const text = await readFile(file);
  const end = text.lastIndexOf(0x0a) + 1;
  if (end < text.length) await truncate(file, end);
}

async function lastLine(file: string): Promise<unknown> {
  let last: unknown = null;
  for await (const line of linesOf(file)) last = line;
  return last;
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
