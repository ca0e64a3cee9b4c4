import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { z } from 'zod';
import { Refused } from '../../contract/errors.ts';
import { EXPORT_FORMAT } from '../../contract/export.ts';
import {
  type ConsistencyProofText,
  consistencyProofText,
  type RecordProof,
  recordProof,
} from '../../contract/proof.ts';

/** How every SQLite database begins (sqlite.org/fileformat.html, section 1.3.1). */
const DATABASE = 'SQLite format 3\0';
/** How every export begins. */
const EXPORT = `{"format":"${EXPORT_FORMAT}"`;
/** Proofs are small; anything larger is something else. */
const LONGEST_PROOF = 256 * 1024 * 1024;

export type Input =
  | { readonly kind: 'database'; readonly file: string }
  | { readonly kind: 'export'; readonly file: string }
  | { readonly kind: 'record'; readonly proof: RecordProof }
  | { readonly kind: 'consistency'; readonly proof: ConsistencyProofText };

/** What a file holds. Throws `Refused` with NOT_FOUND or INPUT_INVALID. */
export function readInput(file: string): Input {
  const begins = head(file);
  if (begins.startsWith(DATABASE)) return { kind: 'database', file };
  if (begins.startsWith(EXPORT)) return { kind: 'export', file };
  const value = json(file);
  const proof = z.union([recordProof, consistencyProofText]).safeParse(value);
  if (!proof.success)
    throw new Refused('INPUT_INVALID', `${file} is neither a ledger database nor an export nor a proof`);
  return 'record' in proof.data ? { kind: 'record', proof: proof.data } : { kind: 'consistency', proof: proof.data };
}

/** A note or key given as itself or as the name of a file that holds it. */
export function textOrFile(given: string): string {
  try {
    return readFileSync(given, 'utf8');
  } catch {
    return given;
  }
}

function head(file: string): string {
  try {
    const fd = openSync(file, 'r');
    try {
      const bytes = Buffer.alloc(64);
      readSync(fd, bytes, 0, bytes.length, 0);
      return bytes.toString('latin1');
    } finally {
      closeSync(fd);
    }
  } catch (error) {
    throw new Refused('NOT_FOUND', `${file}: ${(error as NodeJS.ErrnoException).code ?? 'it cannot be read'}`);
  }
}

function json(file: string): unknown {
  const bytes = readFileSync(file);
  if (bytes.length > LONGEST_PROOF) return null;
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return null;
  }
}
