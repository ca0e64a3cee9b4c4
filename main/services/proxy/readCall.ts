import { type Refusal, refusal } from '../../contract/errors.ts';
import { variantOf } from '../../core/mcp/keys.ts';
import { type JsonNode, readStrict } from '../../core/mcp/strict.ts';
import { MODERN_VERSION } from './clientClaim.ts';
import { jsonText, member } from './params.ts';

/** The members of `tools/call` params that have one word: a reader that folds case must not find another. */
const CALL_KEYS: ReadonlySet<string> = new Set(['name', 'arguments', '_meta', 'task']);

export type Span = { readonly start: number; readonly end: number };

/** A call as it was read: everything later is drawn from these spans. */
export interface Call {
  readonly id: string;
  readonly line: Uint8Array;
  readonly params: Span;
  readonly tool: string;
  readonly args: Extract<JsonNode, { kind: 'object' }> | null;
  /** The exact JSON text of the progress token; null when the request carries none. */
  readonly tokenJson: string | null;
}

/** Reads the params of `tools/call` strictly, all the way down (SECURITY.md rule 9); `modern` says what its connection speaks. */
export function readCall(id: string, line: Uint8Array, params: Span | null, modern: boolean): Call | Refusal {
  if (!params) return refusal('INPUT_INVALID', 'tools/call without params');
  const read = readStrict(line, params);
  if (!read.ok) return refusal(read.code, `${read.detail} at byte ${read.offset}`);
  if (read.node.kind !== 'object') return refusal('INPUT_INVALID', 'params is not an object');
  for (const { key } of read.node.members) {
    const meant = variantOf(key, CALL_KEYS);
    if (meant !== null) return refusal('AMBIGUOUS', `${JSON.stringify(key)} could be read as ${JSON.stringify(meant)}`);
  }
  const name = member(read.node, 'name');
  const args = member(read.node, 'arguments');
  const meta = member(read.node, '_meta');
  if (name?.kind !== 'string') return refusal('INPUT_INVALID', 'the tool’s name is not a string');
  if (args && args.kind !== 'object') return refusal('INPUT_INVALID', 'arguments is not an object');
  if ((meta?.kind === 'object' && member(meta, MODERN_VERSION) !== undefined) !== modern) {
    return refusal('WRONG_ERA', 'tools/call');
  }
  const token = meta?.kind === 'object' ? member(meta, 'progressToken') : undefined;
  const usable = token?.kind === 'string' || token?.kind === 'number';
  const tokenJson = token && usable ? jsonText(line, token) : null;
  return { id, line, params, tool: name.value, args: args ?? null, tokenJson };
}
