/** The last complete list of each server, while this process lives. */
import type { Definition } from '../../core/integrity/definition.ts';
import type { ToolName } from '../../core/integrity/neighbours.ts';

export interface SeenDefinition {
  readonly digest: string;
  /** The definition's JSON text as the server sent it. */
  readonly text: string;
  readonly read: Definition;
}

export class SeenLists {
  readonly #lists = new Map<string, ReadonlyMap<string, SeenDefinition>>();
  /** Undefined when no list of this server was seen yet. */
  of(server: string): ReadonlyMap<string, SeenDefinition> | undefined {
    return this.#lists.get(server);
  }

  replace(server: string, list: ReadonlyMap<string, SeenDefinition>): void {
    this.#lists.set(server, list);
  }

  /** Every tool of every list, as server and name. */
  names(): ToolName[] {
    return [...this.#lists].flatMap(([server, list]) => [...list.keys()].map((name) => ({ server, name })));
  }
}
