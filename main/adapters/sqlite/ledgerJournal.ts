/** The journal beside `ledger.db`: an append is one write to it, and the database takes what it holds many at a time. */
import { copyFileSync } from 'node:fs';
import { Refused } from '../../contract/errors.ts';
import type { LedgerEntry } from '../../services/audit/ports.ts';
import { orUnavailable, unavailable } from './database.ts';
import { JournalFile } from './journalFile.ts';
import { decodeFrames, encodeFrame } from './journalFrame.ts';
import type { PackedPayload } from './payloadBody.ts';
import { PayloadPacker } from './payloadPacker.ts';
import { SharedRun } from './sharedRun.ts';

/** From an append to its row in the database, in milliseconds, unless more come in between. */
const MOVE_AFTER_MS = 30;
/** Entries of one transaction: its time is what a call may have to wait. */
const SLICE = 32;
/** So many wait at most while nothing else gets a turn. */
const MOST_WAITING = 1024;
/** Shorter payloads are compressed sooner than a thread is asked. */
const WORTH_A_THREAD = 4096;
/** Bytes in a file after which the other one is taken, so that this one can be emptied. */
const FULL = 4 * 1024 * 1024;

/** The database as the journal needs it. All throw `Refused('AUDIT_UNAVAILABLE')`. */
export interface JournalTarget {
  /** Number of records in the database. */
  size(): number;
  leaf(seq: number): Uint8Array | undefined;
  /** Takes the entries as one transaction; payloads that were not packed yet are packed. */
  insert(entries: readonly WaitingEntry[]): void;
  /** Makes what was taken survive a power cut. */
  sync(): Promise<void>;
  syncNow(): void;
}

/** An entry that the database does not have yet. */
export interface WaitingEntry {
  readonly entry: LedgerEntry;
  /** The payload as the database keeps it; null until it is known. */
  packed: PackedPayload | null;
  /** While a thread packs it. */
  packing: boolean;
}

export class LedgerJournal {
  readonly #target: JournalTarget;
  readonly #files: readonly [JournalFile, JournalFile];
  readonly #syncs = new SharedRun(() => this.#sync());
  readonly #packer = new PayloadPacker();
  #current: JournalFile;
  #waiting: WaitingEntry[] = [];
  #taken: number;
  #stuck = false;
  #paused = false;
  #closed = false;
  #timer: NodeJS.Timeout | null = null;
  #soon: NodeJS.Immediate | null = null;
  #emptying: Promise<void> | null = null;
  /** What could not be read back when the journal was opened; null when all could. */
  readonly damage: string | null;

  /** Opens both files and gives the database what they hold and it does not. Throws `Refused('AUDIT_UNAVAILABLE')`. */
  constructor(name: string, target: JournalTarget) {
    this.#target = target;
    this.#files = orUnavailable(() => [new JournalFile(`${name}-0`), new JournalFile(`${name}-1`)] as const);
    this.#current = this.#files[0];
    try {
      this.damage = orUnavailable(() => this.#replay());
    } catch (error) {
      for (const file of this.#files) file.close();
      throw error;
    }
    this.#taken = target.size();
  }

  /** Number of records, those that the database does not have yet included. */
  size(): number {
    return this.#taken + this.#waiting.length;
  }

  /** When it returns, the entry survives a crash of this process. Throws `Refused('AUDIT_UNAVAILABLE')`, and then it is not there. */
  append(entry: LedgerEntry): void {
    if (this.#closed) throw new Refused('AUDIT_UNAVAILABLE', 'the ledger is closed');
    // What the database does not take now it may never take: nothing more is promised until it does.
    if (this.#stuck) this.settle();
    if (entry.seq !== this.size()) throw new Refused('AUDIT_UNAVAILABLE', `record ${entry.seq} is not the next`);
    const frame = encodeFrame(entry);
    orUnavailable(() => this.#current.add(frame));
    // A short payload may be part of something much longer, which it would keep in memory: the frame has its own.
    const last = frame.at(-1) as Uint8Array;
    const payload = entry.payload && {
      key: entry.payload.key,
      bytes: last.subarray(last.length - entry.payload.bytes.length),
    };
    const waiting: WaitingEntry = { entry: { ...entry, payload }, packed: null, packing: false };
    this.#pack(waiting);
    this.#waiting.push(waiting);
    if (this.#waiting.length >= MOST_WAITING) this.#settleIfPossible();
    else if (this.#waiting.length >= SLICE) this.#soon ??= setImmediate(() => this.#slice());
    else this.#timer ??= setTimeout(() => this.#later(), MOVE_AFTER_MS).unref();
    if (this.#current.size >= FULL) this.#turn();
  }

  /** Gives the database everything up to and including this record. Throws `Refused('AUDIT_UNAVAILABLE')`. */
  settle(seq = Number.POSITIVE_INFINITY): void {
    if (seq < this.#taken) return;
    while (this.#waiting.length > 0) this.#take(this.#waiting.length);
  }

  /** While on, the database is given nothing that can wait: all else than what is to be read from it, and what is too much. */
  pause(on: boolean): void {
    this.#paused = on;
  }

  /** Resolves when everything appended before the call survives a power cut. Rejects with `Refused('AUDIT_UNAVAILABLE')`. */
  sync(): Promise<void> {
    return this.#syncs.run();
  }

  /** Gives the database everything, empties the files when it has it safely, and closes them. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    if (this.#timer) clearTimeout(this.#timer);
    if (this.#soon) clearImmediate(this.#soon);
    await this.#syncs.idle();
    await this.#emptying;
    try {
      this.settle();
      if (this.#files.some(({ size }) => size > 0)) {
        await this.#target.sync();
        for (const file of this.#files) file.empty();
      }
    } catch {
      // The files keep what the database does not have: the next start gives it.
    } finally {
      this.#packer.close();
      for (const file of this.#files) file.close();
    }
  }

  /** Lets a long payload be packed on a thread; others, and one that could not be, are packed by whoever needs them. */
  #pack(waiting: WaitingEntry): void {
    const bytes = waiting.entry.payload?.bytes;
    if (bytes === undefined || bytes.length < WORTH_A_THREAD) return;
    waiting.packing = true;
    this.#packer.pack(bytes, (packed) => {
      waiting.packing = false;
      waiting.packed = packed;
    });
  }

  #take(limit: number): void {
    const slice = this.#waiting.slice(0, limit);
    try {
      this.#target.insert(slice);
    } catch (error) {
      this.#stuck = true;
      throw error;
    }
    this.#stuck = false;
    this.#waiting = this.#waiting.slice(slice.length);
    this.#taken += slice.length;
  }

  #settleIfPossible(): void {
    try {
      this.settle();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
    }
  }

  #later(): void {
    this.#timer = null;
    this.#slice();
  }

  /** One transaction of what is ready, and a turn for everyone else before the next. */
  #slice(): void {
    this.#soon = null;
    const ready = this.#paused ? 0 : this.#ready();
    if (ready > 0) {
      try {
        this.#take(ready);
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        return;
      }
    }
    if (this.#waiting.length >= SLICE && ready > 0) this.#soon = setImmediate(() => this.#slice());
    else if (this.#waiting.length > 0) this.#timer ??= setTimeout(() => this.#later(), MOVE_AFTER_MS).unref();
  }

  /** How many of those that wait can be one transaction now. */
  #ready(): number {
    const unready = this.#waiting.slice(0, SLICE).findIndex(({ packing }) => packing);
    return unready < 0 ? Math.min(SLICE, this.#waiting.length) : unready;
  }

  async #sync(): Promise<void> {
    try {
      if (!this.#files.some(({ failed }) => failed)) {
        await Promise.all(this.#files.map((file) => file.sync()));
        return;
      }
      // What a failed sync left behind is not trusted again: the database takes it, and the file is written anew.
      this.settle();
      await this.#target.sync();
      this.#turn();
    } catch (error) {
      throw unavailable(error);
    }
  }

  /** Goes on in the other file as soon as that is empty, and empties the one it leaves. */
  #turn(): void {
    if (this.#emptying !== null) return;
    const [first, second] = this.#files;
    const other = this.#current === first ? second : first;
    const left = other.size === 0 ? this.#current : other;
    if (other.size === 0) this.#current = other;
    this.#emptying = this.#empty(left).finally(() => {
      this.#emptying = null;
    });
  }

  async #empty(file: JournalFile): Promise<void> {
    try {
      this.settle();
      await this.#target.sync();
      orUnavailable(() => file.empty());
    } catch (error) {
      // It keeps what it holds and is tried again.
      if (!(error instanceof Refused)) throw error;
    }
  }

  /** Gives the database what it lacks, makes that safe, and empties the files; what cannot be read is kept aside. */
  #replay(): string | null {
    const found = this.#files.filter(({ size }) => size > 0).map((file) => ({ file, ...decodeFrames(file.read()) }));
    if (found.length === 0) return null;
    found.sort((a, b) => (a.entries[0]?.seq ?? Number.MAX_VALUE) - (b.entries[0]?.seq ?? Number.MAX_VALUE));
    const size = this.#target.size();
    const lacking: WaitingEntry[] = [];
    let damage = found.some(({ damaged }) => damaged) ? 'an entry in it cannot be read' : null;
    for (const entry of found.flatMap(({ entries }) => entries)) {
      if (entry.seq < size) {
        const leaf = this.#target.leaf(entry.seq);
        if (leaf === undefined || Buffer.compare(leaf, entry.leaf) !== 0)
          damage ??= `its record ${entry.seq} is another than the ledger’s`;
      } else if (entry.seq === size + lacking.length) lacking.push({ entry, packed: null, packing: false });
      else damage ??= `the records before ${entry.seq} are missing`;
    }
    if (lacking.length > 0) this.#target.insert(lacking);
    this.#target.syncNow();
    for (const { file } of found) {
      if (damage !== null) copyFileSync(file.name, `${file.name}-damaged-${size}`);
      file.empty();
    }
    return damage;
  }
}
