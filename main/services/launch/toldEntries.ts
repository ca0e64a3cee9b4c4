/** The entries of `servers.json` as records last told of them: what was edited while nothing ran shows as well. */
import type { ServerEntry } from '../../contract/server.ts';
import { parseReferences } from '../../core/launch/references.ts';
import { canonicalJson } from '../../core/ledger/canonical.ts';
import { utf8 } from '../../core/ledger/utf8.ts';
import type { Actor } from '../actor.ts';
import { changed } from '../audit/changed.ts';
import type { SealedRows } from '../audit/ports.ts';
import type { DeviceKeys } from '../vault/ports.ts';

const ROW = { kind: 'servers', key: 'told' } as const;

export interface ToldParts {
  readonly sealed: SealedRows;
  readonly keys: Pick<DeviceKeys, 'mac'>;
}

type Entries = Readonly<Record<string, ServerEntry>>;

/** A sealed row. Once it is lost or altered, everything that stands in the file is found anew. */
export class ToldEntries {
  readonly #parts: ToldParts;
  #entries: Entries;

  constructor(parts: ToldParts) {
    this.#parts = parts;
    this.#entries = parts.sealed.get<{ entries: Entries }>(ROW.kind, ROW.key)?.body.entries ?? {};
  }

  /** What is not as it was told, and whether it was added, changed or removed. */
  differences(
    entries: ReadonlyMap<string, ServerEntry>,
  ): { server: string; event: 'added' | 'changed' | 'removed'; entry: ServerEntry | undefined }[] {
    return [...new Set([...Object.keys(this.#entries), ...entries.keys()])].flatMap((server) => {
      const [told, entry] = [this.#entries[server], entries.get(server)];
      if (told && entry && same(told, this.#withoutValues(entry))) return [];
      return [{ server, event: told ? (entry ? 'changed' : 'removed') : 'added', entry }];
    });
  }

  /** Records that this is the entry now, undefined when there is none. Throws `Refused('AUDIT_UNAVAILABLE')`. */
  tell(event: string, server: string, by: Actor, entry: ServerEntry | undefined): void {
    const { [server]: was, ...others } = this.#entries;
    const is = entry && this.#withoutValues(entry);
    const entries = is ? { ...others, [server]: is } : others;
    const detail = was && is ? { changed: changedKeys(was, is).join(', ') } : {};
    const draft = { type: 'config', event, server, ...by, detail } as const;
    this.#parts.sealed.put(ROW.kind, ROW.key, { entries }, draft, changed(was ?? null, is ?? null));
    this.#entries = entries;
  }

  /** Values in an environment may be anything: keyed digests tell one from another. */
  #withoutValues(entry: ServerEntry): ServerEntry {
    const env = Object.entries(entry.env).map(([variable, value]) => [
      variable,
      isReference(value) ? value : this.#keyed(value),
    ]);
    return { ...entry, env: Object.fromEntries(env) };
  }

  #keyed(value: string): string {
    return `hmac-sha256:${Buffer.from(this.#parts.keys.mac('entry-value', utf8(value))).toString('hex')}`;
  }
}

/** Such as `command` and `env TOKEN`. */
function changedKeys(before: ServerEntry, after: ServerEntry): string[] {
  return [
    ...differing(before, after).filter((key) => key !== 'env'),
    ...differing(before.env, after.env).map((variable) => `env ${variable}`),
  ];
}

function differing(before: object, after: object): string[] {
  const [was, is] = [new Map(Object.entries(before)), new Map(Object.entries(after))];
  return [...new Set([...was.keys(), ...is.keys()])].filter((key) => !same(was.get(key), is.get(key))).sort();
}

function same(one: unknown, other: unknown): boolean {
  return canonicalJson(one ?? null) === canonicalJson(other ?? null);
}

function isReference(value: string): boolean {
  const parsed = parseReferences(value);
  return parsed.ok && parsed.parts.every((part) => 'secret' in part);
}
