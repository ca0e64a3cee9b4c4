import { type Refusal, refusal } from '../../contract/errors.ts';
import { errorLine } from '../../core/mcp/messages.ts';
import type { JsonNode } from '../../core/mcp/strict.ts';
import { isShown } from '../tools/ports.ts';
import type { DefinitionList } from './definitionList.ts';
import type { Flight } from './inFlight.ts';
import { forwardInspected } from './inspected.ts';
import { object, readParams, text } from './params.ts';
import type { CallRoad } from './road.ts';

type Span = { start: number; end: number } | null;
type ObjectNode = Extract<JsonNode, { kind: 'object' }>;

/**
 * `prompts/get` and `completion/complete` name something the server offers: what is new or has changed since it was
 * reviewed is refused; everything else goes on as content that is recorded before and after.
 */
export async function governNamed(road: CallRoad, flight: Flight, line: Uint8Array, span: Span): Promise<void> {
  const params = readParams(line, span);
  const why = params && (await heldBack(road, flight.method, params));
  if (why) return refuse(road, flight, why);
  if (flight.abort.signal.aborted || !road.alive())
    return refuse(road, flight, refusal('ASK_WITHDRAWN', 'cancelled before it was sent'));
  forwardInspected(road, flight, line, span);
}

async function heldBack({ lists, ...road }: CallRoad, method: string, params: ObjectNode): Promise<Refusal | null> {
  const ref = method === 'prompts/get' ? params : object(params, 'ref');
  const type = method === 'prompts/get' ? 'ref/prompt' : text(ref, 'type');
  if (type === undefined) return refusal('INPUT_INVALID', `${method} without a reference`);
  if (type === 'ref/prompt') return exposed(road, lists.prompt, text(ref, 'name'), true);
  // A reference to a resource may be a template, or the URI of one resource, which nothing was reviewed of.
  if (type === 'ref/resource') return exposed(road, lists.template, text(ref, 'uri'), false);
  return null;
}

async function exposed(
  { deps, server }: Pick<CallRoad, 'deps' | 'server'>,
  list: DefinitionList,
  name: string | undefined,
  listed: boolean,
): Promise<Refusal | null> {
  if (name === undefined) return refusal('INPUT_INVALID', `a ${list.kind} is named by a string`);
  await list.ready();
  const state = deps.catalog.exposure(server, list.kind, name, list.digest(name));
  if (isShown(state)) return null;
  if (state === 'unknown') return listed ? refusal('NOT_FOUND', `the ${list.kind} ${name}`) : null;
  return refusal('DEFINITION_HELD', `the ${list.kind} ${name} is ${state}`);
}

function refuse(road: CallRoad, flight: Flight, why: Refusal): void {
  road.deps.recordIfPossible({
    type: 'refused',
    event: 'from-client',
    session: road.session,
    server: road.server,
    client: road.client(),
    method: flight.method,
    decision: 'deny',
    code: why.code,
    reason: why.detail ?? why.message,
  });
  road.answer(flight, errorLine(flight.idJson, why));
}
