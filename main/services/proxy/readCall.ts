import { type Refusal, refusal } from '../../contract/errors.ts';
import { variantOf } from '../../core/mcp/keys.ts';
import type { Span } from '../../core/mcp/members.ts';
import { type Origin, originOf } from '../../core/mcp/origin.ts';
import { type JsonNode, type JsonObject, readStrict, toValue } from '../../core/mcp/strict.ts';
import { encodeUtf8 } from '../../core/mcp/utf8.ts';
import type { PolicyAction } from '../../core/policy/schema.ts';
import { MODERN_VERSION } from './clientClaim.ts';
import type { Flight } from './inFlight.ts';
import { jsonText, member, object, text } from './params.ts';

/** A governed request as it was read: everything later is drawn from these spans. */
export interface Call {
  readonly id: string;
  readonly line: Uint8Array;
  readonly params: Span;
  readonly action: PolicyAction;
  /** The tool's or prompt's name, or the resource's URI. */
  readonly tool: string;
  /** What a person is shown and policy looks into. */
  readonly args: JsonObject | null;
  /** The bytes an approval binds to. */
  readonly content: Uint8Array;
  /** What the client says of where it came from. */
  readonly origin: Origin;
  /** The exact JSON text of the progress token; null when the request carries none. */
  readonly tokenJson: string | null;
}

const NOWHERE: Origin = originOf(undefined);

/** What a method asks for, found in its params; a sentence when it does not say. */
type Find = (params: JsonObject) => Pick<Call, 'action' | 'tool' | 'args'> | string;

/** Of each governed method the params that have one word (a reader that folds case must not find another), and what it asks for. */
const METHODS: Readonly<Record<string, { readonly keys: ReadonlySet<string>; readonly find: Find }>> = {
  'tools/call': { keys: new Set(['name', 'arguments', '_meta', 'task']), find: named('call', 'the tool’s name') },
  'prompts/get': { keys: new Set(['name', 'arguments', '_meta']), find: named('get_prompt', 'the prompt’s name') },
  'resources/read': { keys: new Set(['uri', '_meta']), find: resource },
  'resources/directory/read': { keys: new Set(['uri', 'cursor', '_meta']), find: resource },
  'completion/complete': { keys: new Set(['ref', 'argument', 'context', '_meta']), find: completion },
};

/** Reads the params of a governed request strictly, all the way down (SECURITY.md rule 9). */
export function readCall(
  id: string,
  line: Uint8Array,
  params: Span | null,
  { method, modern }: Pick<Flight, 'method' | 'modern'>,
): Call | Refusal {
  const known = METHODS[method];
  if (!known) return refusal('METHOD_UNKNOWN', method);
  if (!params) return refusal('INPUT_INVALID', `${method} without params`);
  const read = readStrict(line, params);
  if (!read.ok) return refusal(read.code, `${read.detail} at byte ${read.offset}`);
  if (read.node.kind !== 'object') return refusal('INPUT_INVALID', 'params is not an object');
  for (const { key } of read.node.members) {
    const meant = variantOf(key, known.keys);
    if (meant !== null) return refusal('AMBIGUOUS', `${JSON.stringify(key)} could be read as ${JSON.stringify(meant)}`);
  }
  const found = known.find(read.node);
  if (typeof found === 'string') return refusal('INPUT_INVALID', found);
  const meta = object(read.node, '_meta');
  if ((meta !== undefined && member(meta, MODERN_VERSION) !== undefined) !== modern)
    return refusal('WRONG_ERA', method);
  const token = meta && member(meta, 'progressToken');
  const usable = token?.kind === 'string' || token?.kind === 'number';
  const content = method === 'tools/call' ? bytesOf(line, found.args) : withoutMeta(line, read.node);
  const origin = meta === undefined ? NOWHERE : originOf(toValue(meta));
  return { id, line, params, ...found, content, origin, tokenJson: token && usable ? jsonText(line, token) : null };
}

function named(action: 'call' | 'get_prompt', what: string): Find {
  return (params) => {
    const tool = text(params, 'name');
    if (tool === undefined) return `${what} is not a string`;
    const args = member(params, 'arguments');
    if (args && args.kind !== 'object') return 'arguments is not an object';
    return { action, tool, args: args ?? null };
  };
}

function resource(params: JsonObject): ReturnType<Find> {
  const uri = text(params, 'uri');
  return uri === undefined ? 'the uri is not a string' : { action: 'read_resource', tool: uri, args: plain(params) };
}

function completion(params: JsonObject): ReturnType<Find> {
  const ref = object(params, 'ref');
  const [type, name, uri] = [text(ref, 'type'), text(ref, 'name'), text(ref, 'uri')];
  const args = plain(params);
  if (type === 'ref/prompt' && name !== undefined) return { action: 'complete_prompt', tool: name, args };
  if (type === 'ref/resource' && uri !== undefined) return { action: 'complete_resource', tool: uri, args };
  return 'the reference names neither a prompt nor a resource';
}

/** The params without what is about the request and not what it asks for. */
function plain(params: JsonObject): JsonObject {
  return { ...params, members: params.members.filter(({ key }) => key !== '_meta') };
}

function bytesOf(line: Uint8Array, node: JsonNode | null): Uint8Array {
  return node === null ? new Uint8Array() : line.subarray(node.start, node.end);
}

/** A retry carries another progress token: what it asks for is the same. */
function withoutMeta(line: Uint8Array, params: JsonObject): Uint8Array {
  const members = plain(params).members.map(({ key, value }) => `${JSON.stringify(key)}:${jsonText(line, value)}`);
  return encodeUtf8(`{${members.join()}}`);
}
