import { readStrict } from '../../core/mcp/strict.ts';
import { member, object, text } from './params.ts';

/** More are forgotten: what is not known here is asked about. */
const MAX_URIS = 10_000;

/** The URIs that the server has listed on this connection (MCP: `resources/list`). */
export class ListedResources {
  readonly #uris = new Set<string>();

  has(uri: string): boolean {
    return this.#uris.has(uri);
  }

  /** Takes one page as the server answered; one that could be read two ways tells nothing. */
  note(line: Uint8Array): void {
    const read = readStrict(line);
    const result = read.ok && read.node.kind === 'object' ? object(read.node, 'result') : undefined;
    const resources = result && member(result, 'resources');
    if (resources?.kind !== 'array') return;
    for (const item of resources.items) {
      const uri = item.kind === 'object' ? text(item, 'uri') : undefined;
      if (uri !== undefined && this.#uris.size < MAX_URIS) this.#uris.add(uri);
    }
  }

  /** The list is another now: what is gone from it is no longer listed. */
  forget(): void {
    this.#uris.clear();
  }
}
