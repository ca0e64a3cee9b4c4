/** What was found about definitions and is on record already: sealed, one row a definition, so that a restart records nothing twice. */
import type { RecordDraft } from '../../contract/record.ts';
import type { SealedRows } from '../audit/ports.ts';
import { type About, keyOf } from './about.ts';

interface FoundBody extends About {
  /** Event and digest of each finding, the newest last. */
  readonly found: readonly string[];
}

/** Findings kept a definition: a server that shows something else each time must not make its row grow for ever. */
const KEPT = 32;

export class Found {
  readonly #rows: SealedRows;
  readonly #found = new Map<string, readonly string[]>();

  constructor(rows: SealedRows) {
    this.#rows = rows;
    for (const { key, body } of rows.list<FoundBody>('found')) this.#found.set(key, body.found);
  }

  /**
   * Records what `draft` makes, unless this event was recorded of this definition and digest before. Throws
   * `Refused('AUDIT_UNAVAILABLE')`, and then the next time records it.
   */
  once({ server, kind, name }: About, digest: string, event: string, draft: () => RecordDraft): void {
    const key = keyOf({ server, kind, name });
    const before = this.#found.get(key) ?? [];
    const now = `${event} ${digest}`.trim();
    if (before.includes(now)) return;
    const found = [...before, now].slice(-KEPT);
    this.#rows.put<FoundBody>('found', key, { server, kind, name, found }, draft());
    this.#found.set(key, found);
  }
}
