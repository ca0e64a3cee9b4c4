/** Noticing what came into clients' files after a person last decided about them (SECURITY.md incidents 3, 4, 12). */
import type { ClientEntry } from '../../contract/client.ts';
import type { RecordDraft } from '../../contract/record.ts';
import type { KnownActor } from '../actor.ts';
import type { AuditWriter, SealedRows } from '../audit/ports.ts';
import type { Clock } from '../clock.ts';
import { factsOf } from './shelf.ts';

/** What is remembered of an entry: a keyed digest of what it launches, since when it waits for a decision, and who left it so. */
export interface Seen extends Pick<ClientEntry, 'appeared'> {
  readonly digest: string;
  /** The file it is in. */
  readonly file: string;
  readonly left?: ClientEntry['left'];
}
type Change = NonNullable<ClientEntry['appeared']>['change'];

/** An entry as it stands now. */
export interface Sighting {
  readonly id: string;
  readonly digest: string;
  /** It starts a program around us, or leads elsewhere, so that a person has to decide about it. */
  readonly waits: boolean;
  readonly client: string;
  readonly file: string;
  readonly name: string;
  /** Why a file cannot be read, where that is what was seen: its client may read it all the same. */
  readonly unreadable?: string;
  /** By what we keep of it: `through` us as we wrote it, or `released`, and starting its server around us. */
  readonly ours: 'through' | 'released' | null;
}

export interface SentryParts {
  readonly rows: SealedRows;
  readonly audit: AuditWriter;
  readonly clock: Clock;
}

const KIND = 'client';
const KEY = 'seen';

export class Sentry {
  readonly #rows: SealedRows;
  readonly #audit: AuditWriter;
  readonly #clock: Clock;

  constructor(parts: SentryParts) {
    this.#rows = parts.rows;
    this.#audit = parts.audit;
    this.#clock = parts.clock;
  }

  /**
   * Compares with what was seen before; what is new raises an alarm on record and waits until it is protected,
   * quarantined, left as it is or gone. The first look ever takes everything as it is. What was in a file that cannot be
   * read now is neither new nor gone. Returns what is known by entry.
   */
  observe(sightings: readonly Sighting[]): ReadonlyMap<string, Seen> {
    const before = this.#seen();
    const unread = new Set(sightings.flatMap(({ file, unreadable }) => (unreadable === undefined ? [] : [file])));
    const now = Object.fromEntries(Object.entries(before ?? {}).filter(([, { file }]) => unread.has(file)));
    const fresh: { sighting: Sighting; change: Change }[] = [];
    for (const sighting of sightings) {
      const { id, digest, file } = sighting;
      const known = before?.[id];
      const change = before === null ? null : changeOf(sighting, known);
      if (change !== null) fresh.push({ sighting, change });
      const waiting = change === null ? (known?.appeared ?? null) : { at: this.#clock.now(), change };
      const left = known?.digest === digest ? known.left : null;
      now[id] = { digest, file, appeared: sighting.waits ? waiting : null, ...(left && { left }) };
    }
    if (before === null || !same(before, now)) {
      for (const { sighting, change } of fresh) this.#alarm(sighting, change);
      this.#rows.put(KIND, KEY, { entries: now }, { type: 'config', event: 'clients-seen' });
    }
    return new Map(Object.entries(now));
  }

  /** A person decided that these stand as they are now. */
  settle(sightings: readonly Sighting[]): void {
    const seen = Object.fromEntries(sightings.map(({ id, digest, file }) => [id, { digest, file, appeared: null }]));
    this.#put(seen, { type: 'config', event: 'clients-seen' });
  }

  /** A person leaves it as it is, until it launches something else. */
  leave(sighting: Sighting, by: KnownActor): void {
    const { id, digest, file } = sighting;
    const left = { at: this.#clock.now(), by: by.person };
    const draft = { type: 'config' as const, event: 'client-entry-left', detail: factsOf(sighting), ...by };
    this.#put({ [id]: { digest, file, appeared: null, left } }, draft);
  }

  #put(changed: Readonly<Record<string, Seen>>, draft: RecordDraft): void {
    this.#rows.put(KIND, KEY, { entries: { ...this.#seen(), ...changed } }, draft);
  }

  #alarm(sighting: Sighting, change: Change): void {
    const { client, file, name, unreadable } = sighting;
    if (unreadable === undefined) {
      const reason = `${name} in ${file} ${WORDS[change]}.`;
      this.#audit.append({ type: 'alarm', event: `client-entry-${change}`, reason, detail: factsOf(sighting) });
    } else {
      const reason = `${file} can no longer be read: ${unreadable}.`;
      this.#audit.append({ type: 'alarm', event: 'client-file-unreadable', reason, detail: { client, file } });
    }
  }

  #seen(): Record<string, Seen> | null {
    const row = this.#rows.get<{ entries: Record<string, Seen> }>(KIND, KEY);
    return row ? { ...row.body.entries } : null;
  }
}

const WORDS: Readonly<Record<Change, string>> = {
  added: 'was added by something other than Countersign',
  changed: 'launches something else than before',
  released: 'no longer goes through Countersign',
};

/** Where an entry stands does not matter as long as it launches the same. */
function changeOf({ digest, ours }: Sighting, known: Seen | undefined): Change | null {
  if (known?.digest === digest || ours === 'through') return null;
  if (ours === 'released') return 'released';
  return known ? 'changed' : 'added';
}

function same(one: Record<string, Seen>, other: Record<string, Seen>): boolean {
  const keys = Object.keys(other);
  return (
    keys.length === Object.keys(one).length &&
    keys.every((key) => one[key]?.digest === other[key]?.digest && one[key]?.appeared?.at === other[key]?.appeared?.at)
  );
}
