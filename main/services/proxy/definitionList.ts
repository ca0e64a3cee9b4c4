import { isTooLarge, LISTS, type ListedKind, readPage, splicePage } from '../../core/mcp/definitionList.ts';
import { requestLine } from '../../core/mcp/messages.ts';
import type { Clock, NewId } from '../clock.ts';
import { isShown, type ToolCatalog } from '../tools/ports.ts';

/** Pages one list may have: a server that never ends its list is cut off. */
const MAX_PAGES = 200;
/** Times one reading may begin anew because the list changed under it: a server that announces a change with every list is no reason to wait. */
const MAX_RESTARTS = 3;
/** Between two readings that nothing gave reason to, so that a list that was changed without a word is found, milliseconds. */
const AGAIN_EVERY_MS = 60_000;

export interface ListDeps {
  readonly server: string;
  readonly catalog: ToolCatalog;
  readonly newId: NewId;
  readonly clock: Clock;
  /** A server that has not given its whole list by then has none, milliseconds. */
  readonly waitMs: number;
  /** Writes a line to the server. */
  send(line: Uint8Array): void;
}

/** What one connection knows of one list of the server: the digests of the definitions it was sent, page by page. */
export class DefinitionList {
  readonly kind: ListedKind;
  readonly #deps: ListDeps;
  /** Digest by name, from the latest list seen on this connection. */
  #seen = new Map<string, string>();
  #reading: {
    id: string;
    cursor: string | null;
    pages: number;
    /** The bytes of each definition by its name. */
    sent: Map<string, Uint8Array>;
    bytes: number;
    restarts: number;
    /** The list changed since this reading began. */
    stale: boolean;
    /** Nothing says that the list changed: until the answer is there, the latest one counts. */
    routine: boolean;
    stopWaiting: () => void;
    done: () => void;
    promise: Promise<void>;
  } | null = null;
  #complete = false;
  /** What the client was last sent of this list, and whether it was given it. */
  readonly #given = new Map<string, boolean>();
  #stopResting = () => {};
  #meta: unknown;

  constructor(kind: ListedKind, deps: ListDeps) {
    this.kind = kind;
    this.#deps = deps;
  }

  /** The `_meta` a modern request must carry, copied from the client's own (revision 2026-07-28). */
  adoptMeta(meta: unknown): void {
    this.#meta ??= meta;
  }

  digest(name: string): string | null {
    return this.#seen.get(name) ?? null;
  }

  /** The server has said that it has no such list. */
  none(): void {
    this.#deps.catalog.saw(this.#deps.server, this.kind, []);
    this.#seen = new Map();
    this.#complete = true;
  }

  /** Reads the whole list inside the session's own connection (PROTOCOL.md rule 11). */
  read(): Promise<void> {
    if (this.#reading) {
      this.#reading.stale = true;
      this.#reading.routine = false;
      return this.#reading.promise;
    }
    return this.#begin(false);
  }

  #begin(routine: boolean): Promise<void> {
    this.#stopResting();
    const { clock, waitMs } = this.#deps;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#reading = {
      id: '',
      cursor: null,
      pages: 0,
      sent: new Map(),
      bytes: 0,
      restarts: 0,
      stale: false,
      routine,
      stopWaiting: clock.after(waitMs, () => this.#unanswered()),
      done: resolve,
      promise,
    };
    this.#ask();
    return promise;
  }

  /** Null when the latest list is known; otherwise resolves once it was read, or reading it has failed: then nothing is known. */
  ready(): Promise<void> | null {
    if (this.#reading && !this.#reading.routine) return this.#reading.promise;
    return this.#complete ? null : this.read();
  }

  /** True when this answer belongs to the gate's own reading; it is swallowed. */
  owns(id: string | number): boolean {
    return this.#reading !== null && this.#reading.id === id;
  }

  /** The same of an id as its JSON text, where no more than that could be read of an answer. */
  ownsText(idJson: string | null): boolean {
    return this.#reading !== null && JSON.stringify(this.#reading.id) === idJson;
  }

  /** An answer to the gate's own request. */
  answer(line: Uint8Array): void {
    const reading = this.#reading;
    if (!reading) return;
    const page = readPage(this.kind, line);
    if (!page.ok) return this.#finish(false);
    // As on one page: which of the two is meant, nobody can say.
    if (page.definitions.some(({ name }) => reading.sent.has(name))) return this.#finish(false);
    for (const { name, start, end } of page.definitions) {
      reading.sent.set(name, line.slice(start, end));
      reading.bytes += end - start;
    }
    if (isTooLarge(reading.sent.size, reading.bytes)) return this.#finish(false);
    reading.pages += 1;
    if (page.nextCursor !== null && reading.pages < MAX_PAGES) {
      reading.cursor = page.nextCursor;
      return this.#ask();
    }
    this.#finish(page.nextCursor === null);
  }

  /** The answer to the gate's own request cannot be read. */
  unreadable(): void {
    this.#finish(false);
  }

  /**
   * The answer to the client's own request for the list: notes what is in it and takes out what is held back. Null when
   * it cannot be read safely. A definition that is another than before makes the gate read the list again, so that a
   * person sees it.
   */
  filter(line: Uint8Array): Uint8Array | null {
    const { catalog } = this.#deps;
    const page = readPage(this.kind, line);
    if (!page.ok) return null;
    let moved = false;
    for (const { name, start, end } of page.definitions) {
      const digest = catalog.digestOf(this.kind, line.subarray(start, end));
      moved ||= digest !== this.digest(name);
      if (digest === null) this.#seen.delete(name);
      else this.#seen.set(name, digest);
    }
    if (moved && (!this.#reading || this.#reading.routine)) void this.read();
    for (const { name } of page.definitions) this.#given.set(name, this.#shown(name));
    return page.definitions.every(({ name }) => this.#shown(name))
      ? line
      : splicePage(this.kind, line, (name) => this.#shown(name));
  }

  /** Whether the client would be given another selection now than it was; asked again, it says no until that changes once more. */
  moved(): boolean {
    let moved = false;
    for (const [name, given] of this.#given) {
      const shown = this.#shown(name);
      moved ||= shown !== given;
      this.#given.set(name, shown);
    }
    return moved;
  }

  #shown(name: string): boolean {
    const { catalog, server } = this.#deps;
    return isShown(catalog.exposure(server, this.kind, name, this.digest(name)));
  }

  /** The connection is over: nobody waits for a list any more. */
  end(): void {
    this.#stopResting();
    this.#reading?.stopWaiting();
    this.#reading?.done();
    this.#reading = null;
  }

  #ask(): void {
    const reading = this.#reading;
    if (!reading) return;
    reading.id = `countersign-${this.#deps.newId()}`;
    const params = {
      ...(reading.cursor === null ? {} : { cursor: reading.cursor }),
      ...(this.#meta === undefined ? {} : { _meta: this.#meta }),
    };
    this.#deps.send(requestLine(reading.id, LISTS[this.kind].method, params));
  }

  /** A server that is busy with a call may be late to answer what nobody waits for: what it said last still counts. */
  #unanswered(): void {
    const reading = this.#reading;
    if (!reading?.routine) return this.#finish(false);
    this.#reading = null;
    this.#rest();
    reading.done();
  }

  #rest(): void {
    this.#stopResting = this.#deps.clock.after(AGAIN_EVERY_MS, () => void this.#begin(true));
  }

  #finish(whole: boolean): void {
    const { catalog, server } = this.#deps;
    const reading = this.#reading;
    if (!reading) return;
    if (whole && reading.stale && reading.restarts < MAX_RESTARTS) {
      const restarts = reading.restarts + 1;
      Object.assign(reading, { cursor: null, pages: 0, sent: new Map(), bytes: 0, restarts, stale: false });
      return this.#ask();
    }
    this.#reading = null;
    reading.stopWaiting();
    this.#seen = new Map();
    this.#complete = whole;
    if (whole) {
      for (const [name, bytes] of reading.sent) {
        const digest = catalog.digestOf(this.kind, bytes);
        if (digest !== null) this.#seen.set(name, digest);
      }
      const sent = [...reading.sent].map(([name, bytes]) => ({ name, bytes }));
      catalog.saw(server, this.kind, sent);
      this.#rest();
    }
    reading.done();
  }
}
