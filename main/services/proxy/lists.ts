import { LISTS, type ListedKind } from '../../core/mcp/definitionList.ts';
import { noticeLine } from '../../core/mcp/messages.ts';
import { DefinitionList, type ListDeps } from './definitionList.ts';
import { Greeting } from './greeting.ts';
import { ListedResources } from './listedResources.ts';

interface Deps extends ListDeps {
  /** Whether the connection is of a revision that takes notices nobody subscribed to. */
  takesNotices(): boolean;
  /** Writes a line to the client. */
  tell(line: Uint8Array): void;
}

/** What one connection was told of what the server offers, list by list, and what it said of itself at the start. */
export class Lists {
  readonly tool: DefinitionList;
  readonly prompt: DefinitionList;
  readonly template: DefinitionList;
  /** Not pinned: what there is to read changes as one works. */
  readonly resources = new ListedResources();
  readonly #all: readonly DefinitionList[];
  readonly #greeting: Greeting;
  readonly #stopListening: () => void;

  constructor(deps: Deps) {
    this.tool = new DefinitionList('tool', deps);
    this.prompt = new DefinitionList('prompt', deps);
    this.template = new DefinitionList('template', deps);
    this.#all = [this.tool, this.prompt, this.template];
    this.#greeting = new Greeting(deps);
    this.#stopListening = deps.catalog.onChange((server) => server === deps.server && this.#tell(deps));
  }

  /** The `_meta` a modern request must carry, copied from the client's own (revision 2026-07-28). */
  adoptMeta(meta: unknown): void {
    for (const list of this.#all) list.adoptMeta(meta);
  }

  /** The client has greeted the server: from now on it may be asked for what it declared (MCP: lifecycle). */
  begin(): void {
    for (const list of this.#all) if (this.#has(list.kind)) void list.read();
  }

  /** A notice of the server says that one of them is another now. */
  noticed(method: string): void {
    if (method === 'notifications/resources/list_changed') this.resources.forget();
    for (const list of this.#all) if (LISTS[list.kind].notice === method && !this.#lacks(list.kind)) void list.read();
  }

  /** Resolves once every list that the server declared was read, or could not be. */
  async ready(): Promise<void> {
    await Promise.all(this.#all.map((list) => (this.#has(list.kind) ? list.ready() : null)));
  }

  /** The list whose own reading this id belongs to: its answer is swallowed. */
  owner(id: string | number): DefinitionList | undefined {
    return this.#all.find((list) => list.owns(id));
  }

  /** The same of an id as its JSON text. */
  ownerOfText(idJson: string | null): DefinitionList | undefined {
    return this.#all.find((list) => list.ownsText(idJson));
  }

  /**
   * The result that the client gets: without what is held back where the method lists or greets, the same array for any
   * other. Null when it cannot be read safely.
   */
  filter(method: string, line: Uint8Array): Uint8Array | null {
    if (method === 'initialize' || method === 'server/discover') return this.#greet(line);
    if (method === 'resources/list') this.resources.note(line);
    const list = this.#all.find(({ kind }) => LISTS[kind].method === method);
    return list ? list.filter(line) : line;
  }

  /** The connection is over: nobody waits for a list any more. */
  end(): void {
    this.#stopListening();
    for (const list of this.#all) list.end();
  }

  /** A client that was given a list gets the notice of it when a person releases or holds something back, or a silent change is found. */
  #tell({ takesNotices, tell }: Deps): void {
    for (const list of this.#all) if (list.moved() && takesNotices()) tell(noticeLine(LISTS[list.kind].notice));
  }

  #greet(line: Uint8Array): Uint8Array | null {
    const filtered = this.#greeting.filter(line);
    for (const list of this.#all) if (filtered && this.#lacks(list.kind)) list.none();
    return filtered;
  }

  /** The server has declared it. Tools are asked for whatever it says. */
  #has(kind: ListedKind): boolean {
    return kind === 'tool' || (this.#greeting.capabilities?.includes(LISTS[kind].capability) ?? false);
  }

  /** The server was greeted and has not declared it. A client of the newest revision need not greet. */
  #lacks(kind: ListedKind): boolean {
    return this.#greeting.capabilities !== null && !this.#has(kind);
  }
}
