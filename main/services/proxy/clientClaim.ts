import type { ClientInfo } from '../../contract/server.ts';
import type { Span } from '../../core/mcp/members.ts';
import { toValue } from '../../core/mcp/strict.ts';
import { object, readParams, text } from './params.ts';

const MODERN = 'io.modelcontextprotocol/';
/** The `_meta` key that every request of revision 2026-07-28 carries. */
export const MODERN_VERSION = `${MODERN}protocolVersion`;

/** The `_meta` of a request of revision 2026-07-28 as a value; undefined for a request of an older one. */
export function modernMeta(line: Uint8Array, params: Span | null): Record<string, unknown> | undefined {
  // Most requests are of older revisions: a search over the bytes spares them a second strict reading.
  if (!Buffer.from(line.buffer, line.byteOffset, line.byteLength).includes(MODERN)) return undefined;
  const meta = object(readParams(line, params), '_meta');
  if (!meta || text(meta, MODERN_VERSION) === undefined) return undefined;
  return toValue(meta) as Record<string, unknown>;
}

/** What a client says of itself, for display only: from `initialize` params, or from a modern request's `_meta`. */
export function clientClaim(known: ClientInfo, method: string, line: Uint8Array, params: Span | null): ClientInfo {
  if (known.name !== null && method !== 'initialize') return known;
  const node = readParams(line, params);
  const info =
    method === 'initialize' ? object(node, 'clientInfo') : object(object(node, '_meta'), `${MODERN}clientInfo`);
  const name = text(info, 'name');
  if (name === undefined) return known;
  return { ...known, name: name.slice(0, 200), version: text(info, 'version')?.slice(0, 100) ?? null };
}
