/** What each server said last, kind by kind, while this process lives. */
import type { DefinitionKind } from '../../contract/tool.ts';
import type { Definition } from '../../core/integrity/definition.ts';
import type { About } from './about.ts';

export interface SeenDefinition {
  readonly digest: string;
  /** The definition's JSON text as the server sent it. */
  readonly text: string;
  readonly read: Definition;
}

export class SeenLists {
  readonly #lists = new Map<string, Map<DefinitionKind, ReadonlyMap<string, SeenDefinition>>>();

  /** By name; undefined when this server has said nothing of the kind yet. */
  of(server: string, kind: DefinitionKind): ReadonlyMap<string, SeenDefinition> | undefined {
    return this.#lists.get(server)?.get(kind);
  }

  replace(server: string, kind: DefinitionKind, list: ReadonlyMap<string, SeenDefinition>): void {
    const lists = this.#lists.get(server) ?? new Map();
    this.#lists.set(server, lists.set(kind, list));
  }

  all(): About[] {
    return [...this.#lists].flatMap(([server, lists]) =>
      [...lists].flatMap(([kind, list]) => [...list.keys()].map((name) => ({ server, kind, name }))),
    );
  }
}
