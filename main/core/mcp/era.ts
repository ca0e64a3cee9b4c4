/**
 * Which of the two eras of MCP a connection speaks: `initialize` and sessions up to 2025-11-25, or from 2026-07-28
 * requests that each carry their version. Nothing is translated between them.
 */
import { readItems, readMembers, type Span, stringAt } from './members.ts';
import type { Era, MethodRow } from './methods.ts';
import type { Fault } from './scanner.ts';

export type { Era } from './methods.ts';

/** The `_meta` key with which every modern request names its revision (MCP 2026-07-28, `RequestMetaObject`). */
export const PROTOCOL_VERSION_KEY = 'io.modelcontextprotocol/protocolVersion';

/** What one message says of its era. */
export interface MessageEra {
  readonly era: Era;
  /** The revision a modern request names. */
  readonly version: string | null;
}

/**
 * The era a client's message belongs to: that of its method where it exists in one era only, otherwise modern exactly
 * when its `_meta` names a version. Refuses `params` or `_meta` whose keys clash.
 */
export function messageEra(
  line: Uint8Array,
  params: Span | null,
  row: MethodRow,
): ({ ok: true } & MessageEra) | ({ ok: false } & Fault) {
  const only = row.eras.length === 1 ? row.eras[0] : undefined;
  if (only === 'legacy') return { ok: true, era: 'legacy', version: null };
  let version: string | null = null;
  let named = false;
  if (params !== null && line[params.start] === 0x7b) {
    const read = readMembers(line, params.start, params.end);
    if (!read.ok) return read;
    const meta = read.members.find(({ key }) => key === '_meta');
    if (meta !== undefined && line[meta.start] === 0x7b) {
      const entries = readMembers(line, meta.start, meta.end);
      if (!entries.ok) return entries;
      const entry = entries.members.find(({ key }) => key === PROTOCOL_VERSION_KEY);
      named = entry !== undefined;
      version = entry === undefined ? null : stringAt(line, entry);
    }
  }
  return { ok: true, era: only ?? (named ? 'modern' : 'legacy'), version };
}

/** The era of one connection. Unknown until an exchange succeeds, then fixed. */
export class EraTracker {
  #era: Era | 'unknown' = 'unknown';

  get era(): Era | 'unknown' {
    return this.#era;
  }

  /** Whether a request or notification may pass: its method exists in `era`, and the connection is not fixed on the other. */
  admits(row: MethodRow, era: Era): boolean {
    return row.eras.includes(era) && (this.#era === 'unknown' || this.#era === era);
  }

  /** The same for a notification or a server's message, whose era only its method tells. */
  admitsMethod(row: MethodRow): boolean {
    return this.#era === 'unknown' || row.eras.includes(this.#era);
  }

  /**
   * A request was answered with this result (`result` lies in `line`). The first one fixes the era, with two
   * exceptions: `ping` says nothing, and `server/discover` only counts when the server supports the version the
   * client asked in; otherwise dual-era clients go on with `initialize` on the same connection.
   */
  succeeded(row: MethodRow, asked: MessageEra, line: Uint8Array, result: Span): void {
    if (this.#era !== 'unknown' || row.method === 'ping') return;
    if (row.method === 'server/discover' && !supports(line, result, asked.version)) return;
    this.#era = asked.era;
  }
}

function supports(line: Uint8Array, result: Span, version: string | null): boolean {
  const read = readMembers(line, result.start, result.end);
  const versions = read.ok ? read.members.find(({ key }) => key === 'supportedVersions') : undefined;
  const listed = versions === undefined ? undefined : readItems(line, versions.start, versions.end);
  return version !== null && listed?.ok === true && listed.items.some((item) => stringAt(line, item) === version);
}
