/**
 * Which of the two eras of MCP a connection speaks: `initialize` and a session up to 2025-11-25, or from 2026-07-28
 * requests that each carry their version. Nothing is translated between them.
 */
import type { Era, MethodRow } from './methods.ts';

export type { Era } from './methods.ts';

/**
 * The era of one connection: unknown until a first exchange succeeds, then fixed (PROTOCOL.md rule 2).
 * An answered `server/discover` says modern, but dual-era clients that find no common version there go on with
 * `initialize` on the same connection; so until another modern request succeeds, that one is still admitted.
 */
export class EraTracker {
  #current: Era | 'unknown' = 'unknown';
  #fixed = false;
  /** Methods of both eras that were asked the modern way before the era was known. */
  readonly #askedModern = new Set<string>();

  get current(): Era | 'unknown' {
    return this.#current;
  }

  /** Whether a client's request may pass. `modern`: its `_meta` names a protocol version. */
  request(method: string, modern: boolean, row: MethodRow): boolean {
    const era = eraOf(row, modern);
    if (this.#fixed) return era === this.#current;
    if (this.#current === 'modern' && era === 'legacy') return method === 'initialize';
    if (era === 'modern') this.#askedModern.add(method);
    return true;
  }

  /** Whether a notification, or a request of the server, may pass: only its method tells the era. */
  admits(row: MethodRow): boolean {
    return !this.#fixed || row.eras.some((era) => era === this.#current);
  }

  /** A request that `request` admitted was answered, with a result or with an error. */
  answered(method: string, succeeded: boolean): void {
    if (!succeeded || this.#fixed || method === 'ping') return;
    this.#current = this.#askedModern.has(method) ? 'modern' : 'legacy';
    this.#fixed = method !== 'server/discover';
  }
}

function eraOf(row: MethodRow, modern: boolean): Era {
  const only = row.eras.length === 1 ? row.eras[0] : undefined;
  return only ?? (modern ? 'modern' : 'legacy');
}
