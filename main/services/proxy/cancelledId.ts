import type { Span } from '../../core/mcp/members.ts';
import { member, readParams } from './params.ts';

/** The id that a `notifications/cancelled` names (MCP: params.requestId); null when it names none. */
export function cancelledId(line: Uint8Array, params: Span | null): string | number | null {
  const node = readParams(line, params);
  const id = node && member(node, 'requestId');
  if (id?.kind === 'string') return id.value;
  return id?.kind === 'number' ? Number(id.text) : null;
}
