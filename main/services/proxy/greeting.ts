import type { DefinitionKind } from '../../contract/tool.ts';
import { readGreeting } from '../../core/mcp/greeting.ts';
import type { Span } from '../../core/mcp/members.ts';
import { type Patch, patch } from '../../core/mcp/patch.ts';
import { encodeUtf8 } from '../../core/mcp/utf8.ts';
import { isShown, type ToolCatalog } from '../tools/ports.ts';

interface Deps {
  readonly server: string;
  readonly catalog: ToolCatalog;
}

/**
 * What a server says of itself as a whole on one connection: instructions that nobody has read as they are do not reach
 * the model, and a server that was reviewed keeps the identity it was reviewed with.
 */
export class Greeting {
  readonly #deps: Deps;
  #capabilities: readonly string[] | null = null;

  constructor({ server, catalog }: Deps) {
    this.#deps = { server, catalog };
  }

  /** What the server declared that it can do; null before it was greeted. */
  get capabilities(): readonly string[] | null {
    return this.#capabilities;
  }

  /**
   * The answer to `initialize` or `server/discover` as the client gets it: what is held back is replaced by what was
   * reviewed, and where nothing was, by an empty text or by the name the person gave the server. Every other byte stays.
   * Null when it cannot be read safely, or says two identities.
   */
  filter(line: Uint8Array): Uint8Array | null {
    const { catalog, server } = this.#deps;
    const read = readGreeting(line);
    if (!read.ok) return null;
    const { instructions, identities } = read;
    const digests = new Set(
      identities.map(({ start, end }) => catalog.digestOf('identity', line.subarray(start, end))),
    );
    if (digests.size > 1) return null;
    this.#capabilities = read.capabilities;
    const unnamed = JSON.stringify({ name: server, version: 'unreviewed' });
    const [identity] = identities;
    return patch(line, [
      ...this.#held(line, 'instructions', instructions ? [instructions] : [], instructions, '""'),
      ...this.#held(line, 'identity', identities, identity ?? null, unnamed),
    ]);
  }

  /** Notes what was said, and gives what to put in its places when a client may not see it. */
  #held(
    line: Uint8Array,
    kind: DefinitionKind,
    places: readonly Span[],
    said: Span | null,
    otherwise: string,
  ): Patch[] {
    const { catalog, server } = this.#deps;
    const bytes = said && line.slice(said.start, said.end);
    catalog.saw(server, kind, bytes ? [{ name: kind, bytes }] : []);
    if (!bytes || isShown(catalog.exposure(server, kind, kind, catalog.digestOf(kind, bytes)))) return [];
    const instead = encodeUtf8(catalog.reviewed(server, kind, kind) ?? otherwise);
    return places.map(({ start, end }) => ({ start, end, bytes: instead }));
  }
}
