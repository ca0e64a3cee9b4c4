import { requestLine } from '../../core/mcp/messages.ts';
import { readToolList, spliceTools } from '../../core/mcp/toolList.ts';
import type { NewId } from '../clock.ts';
import type { SeenTool, ToolCatalog } from '../tools/ports.ts';

/** Pages one list may have: a server that never ends its list is cut off. */
const MAX_PAGES = 200;

interface Deps {
  readonly server: string;
  readonly catalog: ToolCatalog;
  readonly newId: NewId;
  /** Writes a line to the server. */
  send(line: Uint8Array): void;
}

/** What one connection knows of the server's tools: the digests of the definitions it was sent, page by page. */
export class ToolLists {
  readonly #deps: Deps;
  /** Digest by tool name, from the latest list seen on this connection. */
  #seen = new Map<string, string>();
  #reading: {
    id: string;
    cursor: string | null;
    pages: number;
    tools: SeenTool[];
    done: () => void;
    promise: Promise<void>;
  } | null = null;
  #again = false;
  #complete = false;
  #meta: unknown;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** The `_meta` a modern request must carry, copied from the client's own (revision 2026-07-28). */
  adoptMeta(meta: unknown): void {
    this.#meta ??= meta;
  }

  digest(tool: string): string | null {
    return this.#seen.get(tool) ?? null;
  }

  /** Reads the whole list inside the session's own connection (PROTOCOL.md rule 11). */
  read(): Promise<void> {
    if (this.#reading) {
      this.#again = true;
      return this.#reading.promise;
    }
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#reading = { id: '', cursor: null, pages: 0, tools: [], done: resolve, promise };
    this.#ask();
    return promise;
  }

  /** Resolves once a whole list was read, or reading it has failed. */
  ready(): Promise<void> | null {
    if (this.#complete) return null;
    return this.read();
  }

  /** True when this answer belongs to the gate's own reading; it is swallowed. */
  owns(id: string | number): boolean {
    return this.#reading !== null && this.#reading.id === id;
  }

  /** An answer to the gate's own request. */
  answer(line: Uint8Array): void {
    const reading = this.#reading;
    if (!reading) return;
    const list = readToolList(line);
    if (!list.ok) return this.#finish(false);
    for (const tool of list.tools) reading.tools.push({ name: tool.name, bytes: line.slice(tool.start, tool.end) });
    reading.pages += 1;
    if (list.nextCursor !== null && reading.pages < MAX_PAGES) {
      reading.cursor = list.nextCursor;
      return this.#ask();
    }
    this.#finish(list.nextCursor === null);
  }

  /** The client's own `tools/list` answer: notes what is in it and takes out what is held back. Null when it cannot be read safely. */
  filter(line: Uint8Array): Uint8Array | null {
    const { catalog, server } = this.#deps;
    const list = readToolList(line);
    if (!list.ok) return null;
    for (const tool of list.tools) {
      const digest = catalog.digestOf(line.subarray(tool.start, tool.end));
      if (digest === null) this.#seen.delete(tool.name);
      else this.#seen.set(tool.name, digest);
    }
    const shown = (name: string) => {
      const { state } = catalog.standing(server, name, this.digest(name));
      return state === 'accepted' || state === 'unreviewed';
    };
    return list.tools.every((tool) => shown(tool.name)) ? line : spliceTools(line, shown);
  }

  /** The connection is over: nobody waits for a list any more. */
  end(): void {
    this.#again = false;
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
    this.#deps.send(requestLine(reading.id, 'tools/list', params));
  }

  #finish(whole: boolean): void {
    const { catalog, server } = this.#deps;
    const reading = this.#reading;
    if (!reading) return;
    this.#reading = null;
    if (whole) {
      const seen = new Map<string, string>();
      for (const tool of reading.tools) {
        const digest = catalog.digestOf(tool.bytes);
        if (digest !== null) seen.set(tool.name, digest);
      }
      this.#seen = seen;
      this.#complete = true;
      catalog.saw(server, reading.tools);
    }
    reading.done();
    if (this.#again) {
      this.#again = false;
      void this.read();
    }
  }
}
