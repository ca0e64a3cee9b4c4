/** Proving an export line by line: nothing of the device is needed but its public key. */
import { type ExportHeader, type ExportLine, exportHeader, exportLine } from '../../contract/export.ts';
import { encodeLeaf } from '../../core/ledger/leaf.ts';
import { appendLeaf, EMPTY_FRONTIER, type Frontier, leafHash, rootOf } from '../../core/ledger/merkle.ts';
import { sameBytes } from '../../core/ledger/proof.ts';
import { DROPPED, slotOf } from './dropped.ts';
import type { LedgerKey, SignedHead } from './ledgerKey.ts';
import type { LedgerCrypto } from './ports.ts';
import { faultUnderHead } from './proofs.ts';

export interface ExportReport {
  readonly ok: boolean;
  readonly message: string;
  /** Records that were proved. */
  readonly records: number;
  /** Of these, those without the arguments or the result that they speak of: dropped by retention, or taken out of a selection. */
  readonly bare: number;
  /** The line, from 1, that does not fit; null when all do. */
  readonly line: number | null;
}

export interface ExportCheckDeps {
  readonly crypto: Pick<LedgerCrypto, 'sha256' | 'hmac'>;
  readonly key: LedgerKey;
  /** A head that was kept elsewhere: the export must agree with it. */
  readonly witness?: string;
}

/** Takes lines in their order; `end` says what came of them. Whatever a line holds, it is reported and never thrown. */
export class ExportCheck {
  readonly #deps: ExportCheckDeps;
  readonly #droppedSlot: string;
  readonly #witness: SignedHead | null;
  /** Of the newest header: it proves the records behind it. */
  #head: SignedHead | null = null;
  #line = 0;
  #records = 0;
  #last = -1;
  #selection = false;
  /** Of an export that leaves nothing out. */
  #tree: Frontier = EMPTY_FRONTIER;
  #bare = 0;
  #lastBare = -1;
  /** Below which payloads may be missing, as the ledger says. */
  #dropped = 0;
  #fault: { message: string; line: number } | null = null;

  constructor(deps: ExportCheckDeps) {
    this.#deps = deps;
    this.#droppedSlot = slotOf(deps.crypto.sha256, DROPPED.kind, DROPPED.key);
    this.#witness = deps.witness === undefined ? null : deps.key.open(deps.witness);
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
    const counts = { records: this.#records, bare: this.#bare };
    if (this.#fault !== null) {
      const { line, message } = this.#fault;
      return { ok: false, ...counts, line, message: `Line ${line}: ${message}` };
    }
    const missing = this.#missing();
    if (missing !== null) return { ok: false, ...counts, line: null, message: missing };
    const what = this.#selection
      ? 'a selection: what it leaves out is not proved'
      : 'every record up to the signed head';
    const bare = this.#bare === 0 ? '' : ` ${this.#bare} of them without the arguments or the result they speak of.`;
    const message = `${this.#records} records are those that this device signed; ${what}.${bare}`;
    return { ok: true, ...counts, line: null, message };
  }

  /** What is wrong with the whole of it; null when nothing is. */
  #missing(): string | null {
    const [head, witness] = [this.#head, this.#witness];
    if (head === null) return 'There is no header: it is no export.';
    if (this.#deps.witness !== undefined && witness === null)
      return 'The head that was kept elsewhere was not signed with this key.';
    if (witness !== null && witness.size > head.size)
      return `It goes up to record ${head.size - 1}; the head that was kept elsewhere covers ${witness.size}.`;
    if (this.#selection) {
      // Of fewer records than all there is no tree to compare.
      if (witness === null || (witness.size === head.size && sameBytes(witness.root, head.root))) return null;
      return witness.size === head.size
        ? 'Its head is not the one that was kept elsewhere.'
        : 'A selection cannot be compared with a head that was kept elsewhere: “countersign audit prove --since” can.';
    }
    if (this.#last + 1 < head.size) return `It ends after record ${this.#last}; the signed head covers ${head.size}.`;
    if (!sameBytes(rootOf(this.#deps.crypto.sha256, this.#tree), head.root))
      return 'Its records are not those that its last head covers.';
    if (this.#lastBare >= this.#dropped)
      return `The payload of record ${this.#lastBare} is missing, and no record says that it was dropped.`;
    return null;
  }

  #wrong(text: string): string | null {
    const value = parsed(text);
    const header = exportHeader.safeParse(value);
    if (header.success) return this.#begin(header.data);
    const line = exportLine.safeParse(value);
    if (!line.success) return 'it is neither a header nor a record.';
    return this.#record(line.data);
  }

  #begin(header: ExportHeader): string | null {
    const head = this.#deps.key.open(header.checkpoint);
    if (head === null) return 'its head was not signed with this key.';
    if (this.#head !== null && head.size < this.#head.size) return 'its head is older than the one before.';
    if (!header.query && header.from > this.#last + 1) return `the records before ${header.from} are missing.`;
    this.#head = head;
    this.#selection ||= header.query !== null;
    return null;
  }

  #record(line: ExportLine): string | null {
    const { seq, record } = line;
    if (this.#head === null) return 'a record stands before any header.';
    if (seq <= this.#last) return `record ${seq} stands behind record ${this.#last}.`;
    if (!this.#selection && seq !== this.#last + 1) return `record ${this.#last + 1} is missing.`;
    const fault = faultUnderHead(this.#deps.crypto, this.#head, line);
    if (fault !== null) return fault;
    const kept = record.payload?.kept !== undefined;
    if (line.payload !== null && !kept) return 'its record speaks of no payload.';
    this.#last = seq;
    this.#records += 1;
    if (line.payload === null && kept) {
      this.#bare += 1;
      this.#lastBare = seq;
    }
    return this.#selection ? null : this.#grow(line);
  }

  /** Follows the tree of an export that leaves nothing out, and what it says of dropped payloads. */
  #grow({ record }: ExportLine): string | null {
    const { sha256 } = this.#deps.crypto;
    this.#tree = appendLeaf(sha256, this.#tree, leafHash(sha256, encodeLeaf(record))).frontier;
    const below = record.digests?.slot === this.#droppedSlot ? record.detail?.below : undefined;
    if (typeof below === 'number') this.#dropped = Math.max(this.#dropped, below);
    const witness = this.#witness;
    if (witness?.size !== this.#tree.size || sameBytes(rootOf(sha256, this.#tree), witness.root)) return null;
    return `the first ${witness.size} records are not those of the head that was kept elsewhere.`;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
