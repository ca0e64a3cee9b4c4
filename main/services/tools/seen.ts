/** The last complete list of each server, while this process lives. */
import type { Definition } from '../../core/integrity/definition.ts';

export interface SeenDefinition {
  readonly digest: string;
  /** The definition's JSON text as the server sent it. */
  readonly text: string;
  readonly read: Definition;
}

export class SeenLists {
  readonly #lists = new Map<string, ReadonlyMap<string, SeenDefinition>>();
  readonly #recorded = new Set<string>();

  /** Undefined when no list of this server was seen yet. */
  of(server: string): ReadonlyMap<string, SeenDefinition> | undefined {
    return this.#lists.get(server);
  }

  replace(server: string, list: ReadonlyMap<string, SeenDefinition>): void {
    this.#lists.set(server, list);
  }

  /** Runs `record` once for each finding about a tool of this digest; when it throws, the next time again. */
  once(server: string, tool: string, digest: string, finding: string, record: () => void): void {
    const key = JSON.stringify([server, tool, digest, finding]);
    if (this.#recorded.has(key)) return;
    record();
    this.#recorded.add(key);
  }
}
