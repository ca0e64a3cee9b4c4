/** Integrity of what servers say of themselves (PRODUCT.md T1): it is pinned at review, and what is new or changed is held back. */
import { Refused } from '../../contract/errors.ts';
import type { RecordDraft } from '../../contract/record.ts';
import type { DefinitionAcceptance, DefinitionKind } from '../../contract/tool.ts';
import { readDefinition } from '../../core/integrity/definition.ts';
import { definitionDifferences } from '../../core/integrity/difference.ts';
import { Neighbours } from '../../core/integrity/neighbours.ts';
import type { SealedRows } from '../audit/ports.ts';
import { type About, told } from './about.ts';
import { Found } from './found.ts';
import type { PinBody } from './pin.ts';
import { Pins } from './pin.ts';
import type { Exposure, ToolCatalog, ToolStanding } from './ports.ts';
import { Checked, reviewPinned, reviewSeen } from './review.ts';
import type { SeenDefinition } from './seen.ts';
import { SeenLists } from './seen.ts';

export interface CatalogDeps {
  readonly rows: SealedRows;
  /** SHA-256 of UTF-8 text, lower-case hexadecimal. */
  readonly sha256: (text: string) => string;
}

/** The catalogue over these rows: pins and what was found survive a restart, what was seen does not. */
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

  const note = (about: About, now: SeenDefinition): void => {
    const pin = pins.get(about.server, about.kind, about.name);
    if (pin !== undefined && !pin.held && pin.digest === now.digest) return;
    const known = pin !== undefined && !pin.held;
    const event = known ? 'found-changed' : 'found-new';
    found.once(about, now.digest, event, (): RecordDraft => {
      if (!known) return { type: 'pin', event, ...told(about), digests: { definition: now.digest } };
      const where = definitionDifferences(pin.read.value, now.read.value).map(({ pointer }) => pointer);
      return {
        type: 'pin',
        event,
        ...told(about, { changed: where.slice(0, 20).join(' '), changes: where.length }),
        digests: { definition: now.digest, pinned: pin.digest },
      };
    });
  };

  const noteUnreadable = (about: About): void =>
    found.once(about, '', 'found-unreadable', () => ({
      type: 'pin',
      event: 'found-unreadable',
      ...told(about),
      code: 'AMBIGUOUS',
    }));

  /** Everything of the catalogue once: offered now, or pinned by a server that has not said the like since the start. */
  const neighboursNow = (): Neighbours =>
    new Neighbours([
      ...lists.all(),
      ...pins.all().filter(({ server, kind, name }) => lists.of(server, kind)?.has(name) !== true),
    ]);

  const exposure = (server: string, kind: DefinitionKind, name: string, seenDigest: string | null): Exposure => {
    if (seenDigest === null) return 'unknown';
    if (!pins.any(server)) return 'unreviewed';
    const pin = pins.get(server, kind, name);
    if (pin === undefined || pin.held) return 'new';
    return pin.digest === seenDigest ? 'accepted' : 'changed';
  };

  return {
    digestOf: (kind, bytes) => {
      const definition = readDefinition(kind, bytes);
      return definition === null ? null : digest(definition.canonical);
    },

    saw: (server, kind, definitions) => {
      const list = new Map<string, SeenDefinition>();
      const unreadable: string[] = [];
      for (const { name, bytes } of definitions) {
        const read = readDefinition(kind, bytes);
        if (read?.name !== name) unreadable.push(name);
        else list.set(name, { digest: digest(read.canonical), text: new TextDecoder().decode(bytes), read });
      }
      lists.replace(server, kind, list);
      try {
        for (const name of unreadable) noteUnreadable({ server, kind, name });
        for (const [name, seen] of list) note({ server, kind, name }, seen);
      } catch (error) {
        // What is held back does not hang on the record of it; the next list records what is missing.
        if (!(error instanceof Refused)) throw error;
      }
      announce(server);
    },

    exposure,

    standing: (server, tool, seenDigest): ToolStanding => {
      const state = exposure(server, 'tool', tool, seenDigest);
      const pin = state === 'accepted' ? pins.get(server, 'tool', tool) : undefined;
      if (pin !== undefined) {
        const { fields } = pin.read;
        const { inputSchema } = fields;
        return { state, class: pin.class, digest: seenDigest, inputSchema, description: description(fields) };
      }
      const now = lists.of(server, 'tool')?.get(tool);
      const said = state !== 'unknown' && now?.digest === seenDigest ? now?.read.fields : undefined;
      return { state, class: 'external', digest: seenDigest, inputSchema: null, description: description(said) };
    },

    reviewed: (server, kind, name) => {
      const pin = pins.get(server, kind, name);
      return pin === undefined || pin.held ? null : pin.definition;
    },

    review: (server, kinds = ['tool']) => {
      neighbours ??= neighboursNow();
      const around = { neighbours, checked };
      return kinds.flatMap((kind) => {
        const seen = lists.of(server, kind);
        const offered = [...(seen ?? [])].map(([name, now]) =>
          reviewSeen({ server, kind, name }, now, pins.get(server, kind, name), around),
        );
        const others = pins.of(server, kind).filter(({ name }) => seen?.has(name) !== true);
        return [...offered, ...others.map((pin) => reviewPinned(pin, seen !== undefined, around))];
      });
    },

    accept: (server, definitions, by) => {
      // All are compared before any is kept: an answer is given to the whole of what was shown.
      const bodies = definitions.map((definition) => accepted(server, definition));
      for (const body of bodies) {
        const was = pins.get(server, body.kind, body.name);
        pins.put(body, {
          type: 'pin',
          event: 'accepted',
          ...told(body, was === undefined || was.held ? {} : { was: was.class }),
          class: body.class,
          ...by,
          digests: { definition: body.digest, ...(was && { before: was.digest }) },
        });
      }
      announce(server);
    },

    hold: (server, kind, names, by) => {
      const bodies = names.map((name): PinBody => {
        const pin = pins.get(server, kind, name);
        if (pin !== undefined) return { ...bare(pin), held: true, class: 'external' };
        const now = lists.of(server, kind)?.get(name);
        if (now === undefined) throw new Refused('NOT_FOUND', `${server}/${name}`);
        return { server, kind, name, held: true, digest: now.digest, class: 'external', definition: now.text };
      });
      for (const body of bodies) {
        const was = pins.get(server, kind, body.name);
        const before = was === undefined || was.held ? {} : { was: was.class };
        const digests = { definition: body.digest };
        pins.put(body, { type: 'pin', event: 'held', ...told(body, before), ...by, digests });
      }
      announce(server);
    },

    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };

  /** What is kept for an acceptance: only of a definition that is the server's now, or is pinned already. */
  function accepted(server: string, choice: DefinitionAcceptance): PinBody {
    const { kind = 'tool', name } = choice;
    if (kind !== 'tool' && choice.class !== 'read-sensitive')
      throw new Refused('INPUT_INVALID', `only a tool has a class to choose, not ${name}`);
    const now = lists.of(server, kind)?.get(name);
    const pin = pins.get(server, kind, name);
    const definition =
      now?.digest === choice.digest
        ? now.text
        : now === undefined && pin?.digest === choice.digest
          ? pin.definition
          : undefined;
    if (definition === undefined) throw new Refused('ASK_CHANGED', `${server}/${name}`);
    return { server, kind, name, held: false, digest: choice.digest, class: choice.class, definition };
  }
}

const bare = ({ read: _, ...body }: PinBody & { read: unknown }): PinBody => body;

function description(fields: Readonly<Record<string, unknown>> | undefined): string | null {
  return typeof fields?.description === 'string' ? fields.description : null;
}
