/** Tool integrity (PRODUCT.md T1): definitions are pinned at review, and what is new or changed is held back. */
import { Refused } from '../../contract/errors.ts';
import type { RecordDraft } from '../../contract/record.ts';
import type { ToolAcceptance } from '../../contract/tool.ts';
import { readDefinition } from '../../core/integrity/definition.ts';
import { definitionDifferences } from '../../core/integrity/difference.ts';
import { Neighbours } from '../../core/integrity/neighbours.ts';
import type { SealedRows } from '../audit/ports.ts';
import { Found } from './found.ts';
import type { PinBody } from './pin.ts';
import { Pins } from './pin.ts';
import type { ToolCatalog, ToolStanding } from './ports.ts';
import { Checked, reviewPinned, reviewSeen } from './review.ts';
import type { SeenDefinition } from './seen.ts';
import { SeenLists } from './seen.ts';

export interface CatalogDeps {
  readonly rows: SealedRows;
  /** SHA-256 of UTF-8 text, lower-case hexadecimal. */
  readonly sha256: (text: string) => string;
}

/** The catalogue over these rows: pins and what was found survive a restart, the lists seen do not. */
export function openCatalog({ rows, sha256 }: CatalogDeps): ToolCatalog {
  const pins = new Pins(rows);
  const found = new Found(rows);
  const checked = new Checked();
  const lists = new SeenLists();
  const listeners = new Set<(server: string) => void>();
  let neighbours: Neighbours | null = null;
  const announce = (server: string) => {
    neighbours = null;
    for (const listener of listeners) listener(server);
  };
  const digest = (canonical: string) => `sha256:${sha256(canonical)}`;

  const note = (server: string, tool: string, now: SeenDefinition): void => {
    const pin = pins.get(server, tool);
    if (pin !== undefined && !pin.held && pin.digest === now.digest) return;
    const known = pin !== undefined && !pin.held;
    const event = known ? 'found-changed' : 'found-new';
    found.once(server, tool, now.digest, event, () => {
      const draft: RecordDraft = { type: 'pin', event, server, tool, digests: { definition: now.digest } };
      if (!known) return draft;
      const where = definitionDifferences(pin.read.value, now.read.value).map(({ pointer }) => pointer);
      return {
        ...draft,
        digests: { definition: now.digest, pinned: pin.digest },
        detail: { changed: where.slice(0, 20).join(' '), changes: where.length },
      };
    });
  };

  const noteUnreadable = (server: string, tool: string): void =>
    found.once(server, tool, '', 'found-unreadable', () => ({
      type: 'pin',
      event: 'found-unreadable',
      server,
      tool,
      code: 'AMBIGUOUS',
    }));

  /** Every tool of the catalogue once: offered now, or pinned by a server that was not seen since the start. */
  const neighboursNow = (): Neighbours =>
    new Neighbours([
      ...lists.names(),
      ...pins.names().filter(({ server, name }) => lists.of(server)?.has(name) !== true),
    ]);

  return {
    digestOf: (bytes) => {
      const definition = readDefinition(bytes);
      return definition === null ? null : digest(definition.canonical);
    },

    saw: (server, tools) => {
      const list = new Map<string, SeenDefinition>();
      const unreadable: string[] = [];
      for (const { name, bytes } of tools) {
        const read = readDefinition(bytes);
        if (read?.name !== name) unreadable.push(name);
        else list.set(name, { digest: digest(read.canonical), text: new TextDecoder().decode(bytes), read });
      }
      lists.replace(server, list);
      try {
        for (const name of unreadable) noteUnreadable(server, name);
        for (const [name, seen] of list) note(server, name, seen);
      } catch (error) {
        // What is held back does not hang on the record of it; the next list records what is missing.
        if (!(error instanceof Refused)) throw error;
      }
      announce(server);
    },

    standing: (server, tool, seenDigest): ToolStanding => {
      const pin = pins.get(server, tool);
      const unpinned = { class: 'external' as const, digest: seenDigest, inputSchema: null };
      const now = lists.of(server)?.get(tool);
      const described = description(now?.digest === seenDigest ? now?.read.value : undefined);
      if (seenDigest === null) return { ...unpinned, state: 'unknown', description: null };
      if (!pins.any(server)) return { ...unpinned, state: 'unreviewed', description: described };
      if (pin === undefined || pin.held) return { ...unpinned, state: 'new', description: described };
      if (pin.digest !== seenDigest) return { ...unpinned, state: 'changed', description: described };
      const { value } = pin.read;
      return {
        state: 'accepted',
        class: pin.class,
        digest: seenDigest,
        inputSchema: value.inputSchema,
        description: description(value),
      };
    },

    review: (server) => {
      const seen = lists.of(server);
      neighbours ??= neighboursNow();
      const around = { neighbours, checked };
      const offered = [...(seen ?? [])].map(([name, now]) => reviewSeen(server, now, pins.get(server, name), around));
      const others = pins.of(server).filter(({ tool }) => seen?.has(tool) !== true);
      return [...offered, ...others.map((pin) => reviewPinned(pin, seen !== undefined, around))];
    },

    accept: (server, tools, person, via) => {
      // All are compared before any is kept: an answer is given to the whole of what was shown.
      const bodies = tools.map((tool) => accepted(server, tool));
      for (const body of bodies) {
        const was = pins.get(server, body.tool);
        pins.put(body, {
          type: 'pin',
          event: 'accepted',
          server,
          tool: body.tool,
          class: body.class,
          person,
          via,
          digests: { definition: body.digest },
          ...(was === undefined || was.held ? {} : { detail: { was: was.class } }),
        });
      }
      announce(server);
    },

    hold: (server, tools) => {
      const bodies = tools.map((tool): PinBody => {
        const pin = pins.get(server, tool);
        if (pin !== undefined) return { ...bare(pin), held: true, class: 'external' };
        const now = lists.of(server)?.get(tool);
        if (now === undefined) throw new Refused('NOT_FOUND', `${server}/${tool}`);
        return { server, tool, held: true, digest: now.digest, class: 'external', definition: now.text };
      });
      for (const body of bodies)
        pins.put(body, {
          type: 'pin',
          event: 'held',
          server,
          tool: body.tool,
          digests: { definition: body.digest },
        });
      announce(server);
    },

    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };

  /** What is kept for an acceptance: only of a definition that is the server's now, or is pinned already. */
  function accepted(server: string, tool: ToolAcceptance): PinBody {
    const now = lists.of(server)?.get(tool.name);
    const pin = pins.get(server, tool.name);
    const definition =
      now?.digest === tool.digest
        ? now.text
        : now === undefined && pin?.digest === tool.digest
          ? pin.definition
          : undefined;
    if (definition === undefined) throw new Refused('ASK_CHANGED', `${server}/${tool.name}`);
    return { server, tool: tool.name, held: false, digest: tool.digest, class: tool.class, definition };
  }
}

const bare = ({ read: _, ...body }: PinBody & { read: unknown }): PinBody => body;

function description(value: Readonly<Record<string, unknown>> | undefined): string | null {
  return typeof value?.description === 'string' ? value.description : null;
}
