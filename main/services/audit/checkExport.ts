/** Proving an export line by line: nothing of the device is needed but its public key. */
import { type ExportHeader, exportHeader, exportLine } from '../../contract/export.ts';
import { PROOF_FORMAT } from '../../contract/proof.ts';
import type { LedgerKey } from './ledgerKey.ts';
import type { LedgerCrypto } from './ports.ts';
import { checkRecordProof } from './proofs.ts';

export interface ExportReport {
  readonly ok: boolean;
  readonly message: string;
  /** Records that were proved. */
  readonly records: number;
  /** The line, from 1, that does not fit; null when all do. */
  readonly line: number | null;
}

/** Takes lines in their order; `end` says what came of them. Whatever a line holds, it is reported and never thrown. */
export class ExportCheck {
  readonly #crypto: Pick<LedgerCrypto, 'sha256' | 'hmac'>;
  readonly #key: LedgerKey;
  #header: ExportHeader | null = null;
  #size = 0;
  #line = 0;
  #records = 0;
  #last = -1;
  #selection = false;
  #fault: { message: string; line: number } | null = null;

  constructor(crypto: Pick<LedgerCrypto, 'sha256' | 'hmac'>, key: LedgerKey) {
    this.#crypto = crypto;
    this.#key = key;
  }

  /** False once something does not fit. */
  take(text: string): boolean {
    this.#line += 1;
    if (this.#fault !== null || text.trim() === '') return this.#fault === null;
    const message = this.#wrong(text);
    if (message !== null) this.#fault = { message, line: this.#line };
    return message === null;
  }

  end(): ExportReport {
    const report = { records: this.#records, line: this.#fault?.line ?? null };
    if (this.#fault !== null)
      return { ok: false, ...report, message: `Line ${this.#fault.line}: ${this.#fault.message}` };
    if (this.#header === null) return { ok: false, ...report, message: 'There is no header: it is no export.' };
    if (!this.#selection && this.#last + 1 < this.#size)
      return {
        ok: false,
        ...report,
        message: `It ends after record ${this.#last}; the signed head covers ${this.#size}.`,
      };
    const what = this.#selection
      ? 'a selection: what it leaves out is not proved'
      : 'every record up to the signed head';
    return { ok: true, ...report, message: `${this.#records} records are those that this device signed; ${what}.` };
  }

  #wrong(text: string): string | null {
    const value = parsed(text);
    const header = exportHeader.safeParse(value);
    if (header.success) return this.#begin(header.data);
    const line = exportLine.safeParse(value);
    if (!line.success) return 'it is neither a header nor a record.';
    if (this.#header === null) return 'a record stands before any header.';
    const { seq, record } = line.data;
    if (seq <= this.#last) return `record ${seq} stands behind record ${this.#last}.`;
    if (!this.#selection && seq !== this.#last + 1) return `record ${this.#last + 1} is missing.`;
    const { checkpoint } = this.#header;
    const { ok, message } = checkRecordProof(this.#crypto, this.#key, {
      ...line.data,
      checkpoint,
      format: PROOF_FORMAT,
    });
    if (!ok) return message;
    const kept = record.payload?.kept !== undefined;
    if (line.data.payload !== null && !kept) return 'its record speaks of no payload.';
    this.#last = seq;
    this.#records += 1;
    return null;
  }

  #begin(header: ExportHeader): string | null {
    const head = this.#key.open(header.checkpoint);
    if (head === null) return 'its head was not signed with this key.';
    if (head.size < this.#size) return 'its head is older than the one before.';
    if (!header.query && header.from > this.#last + 1) return `the records before ${header.from} are missing.`;
    this.#header = header;
    this.#size = head.size;
    this.#selection ||= header.query !== null;
    return null;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
