/** Taking records out, the oldest first, each with its proof. Who takes what is on record before anything leaves. */
import { Refused } from '../../contract/errors.ts';
import {
  EXPORT_FORMAT,
  type ExportBegun,
  type ExportLine,
  type ExportPage,
  type ExportQuery,
} from '../../contract/export.ts';
import type { LedgerRecord } from '../../contract/record.ts';
import type { SearchPlan } from '../../contract/search.ts';
import { toBase64 } from '../../core/ledger/base64.ts';
import { inclusionProof } from '../../core/ledger/proof.ts';
import type { KnownActor } from '../actor.ts';
import { Newest } from '../newest.ts';
import { droppedBelow } from './dropped.ts';
import type { AuditWriter, LedgerSource, StoredPayload } from './ports.ts';
import type { ProofDeps } from './proofs.ts';
import { readRecord } from './storedLeaf.ts';
import { storedPayload } from './storedPayload.ts';
import { storedNodes } from './storedTree.ts';

/** Exports that can be gone on with; the oldest are forgotten first. */
const MOST = 100;
/** Arguments and results, bytes, after which a page ends. */
const PAGE_BYTES = 8 * 1024 * 1024;

export interface ExportingDeps extends ProofDeps {
  readonly writer: AuditWriter;
  /** Signs a head over everything recorded so far. */
  readonly settle: () => Promise<void>;
  /** The public key, base64, that signed the first head. */
  readonly first: () => string;
  /** Throws `Refused('INPUT_INVALID')` for a search that means nothing. */
  readonly plan: (query: ExportQuery) => SearchPlan;
}

/** What somebody wants to take out. */
export interface ExportWish {
  readonly query: ExportQuery;
  readonly from: number;
  /** What is made of it and where it goes, as they say. */
  readonly as: string;
  readonly to?: string | undefined;
}

/** What was begun: as of one head, and by which way. */
interface Underway {
  readonly plan: SearchPlan;
  readonly size: number;
  /** Below which payloads had been dropped by then. */
  readonly dropped: number;
  readonly via: string;
}

export class Exporting {
  readonly #deps: ExportingDeps;
  readonly #underway = new Newest<string, Underway>(MOST);

  constructor(deps: ExportingDeps) {
    this.#deps = deps;
  }

  /** Records who takes what out, and signs a head over it all. Rejects with INPUT_INVALID or AUDIT_UNAVAILABLE: then nothing leaves. */
  async begin({ query, from, as, to }: ExportWish, by: KnownActor): Promise<ExportBegun> {
    const { writer, settle, store, key, first, plan, crypto } = this.#deps;
    const planned = plan(query);
    const detail = { ...said(query), from, as, ...(to !== undefined && { to }) };
    const ref = writer.append({ type: 'export', event: 'begun', ...by, detail });
    await settle();
    const checkpoint = store.lastCheckpoint()?.note ?? '';
    const head = key.open(checkpoint);
    if (head === null || head.size <= ref.seq)
      throw new Refused('AUDIT_UNAVAILABLE', 'no signed head covers the record of the export');
    const { size } = head;
    const dropped = this.#read((source) => droppedBelow(crypto.sha256, source, size));
    this.#underway.set(ref.id, { plan: planned, size, dropped, via: by.via });
    const header = {
      format: EXPORT_FORMAT,
      key: key.verifierKey(),
      first: first(),
      checkpoint,
      query: Object.keys(query).length === 0 ? null : query,
      from,
    } as const;
    return { export: ref.id, header, size };
  }

  /** A page of what was begun by this way. Rejects with NOT_FOUND for any other, and where retention dropped some of it since. */
  async page(id: string, from: number, limit: number, { via }: Pick<KnownActor, 'via'>): Promise<ExportPage> {
    const underway = this.#underway.get(id);
    if (underway?.via !== via) throw new Refused('NOT_FOUND', 'no such export was begun here since the start');
    const { plan, size } = underway;
    const { seqs, next } = await this.#deps.store.oldest({ plan, from, limit });
    return this.#read((source) => {
      const lines: ExportLine[] = [];
      let bytes = 0;
      for (const seq of seqs) {
        if (seq >= size) return { lines, next: null };
        if (bytes >= PAGE_BYTES) return { lines, next: seq };
        const [row] = source.records(seq, 1);
        const record = row?.seq === seq ? readRecord(row.leaf) : null;
        // What cannot be read is left out, and missed by whoever proves the export.
        if (record === null) continue;
        const payload = storedPayload(source, seq);
        if (payload === undefined && record.payload?.kept !== undefined) this.#droppedBefore(seq, underway, source);
        bytes += payload?.bytes.length ?? 0;
        lines.push(this.#line(seq, record, size, payload));
      }
      return { lines, next: next !== null && next < size ? next : null };
    });
  }

  #line(seq: number, record: LedgerRecord, size: number, payload: StoredPayload | null | undefined): ExportLine {
    const { crypto, store } = this.#deps;
    return {
      seq,
      record,
      path: inclusionProof(crypto.sha256, storedNodes(store), seq, size).map(toBase64),
      payload: payload ? { key: toBase64(payload.key), bytes: toBase64(payload.bytes) } : null,
    };
  }

  /** Throws when retention dropped it after the export was begun: the head of the export does not cover the record that says so. */
  #droppedBefore(seq: number, { dropped }: Underway, source: LedgerSource): void {
    if (seq >= dropped && seq < droppedBelow(this.#deps.crypto.sha256, source, source.size()))
      throw new Refused(
        'NOT_FOUND',
        `retention has dropped the payload of record ${seq} meanwhile: begin again from it`,
      );
  }

  #read<T>(work: (source: LedgerSource) => T): T {
    const source = this.#deps.store.source();
    try {
      return work(source);
    } finally {
      source.close();
    }
  }
}

/** What was searched for, as a record tells it. */
function said(query: ExportQuery): Record<string, string> {
  return Object.fromEntries(Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined));
}
