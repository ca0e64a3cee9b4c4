import { type Refusal, refusal } from '../../contract/errors.ts';
import type { ToolClass } from '../../contract/tool.ts';
import { isShown, type ToolStanding } from '../tools/ports.ts';
import type { DefinitionList } from './definitionList.ts';
import type { Call } from './readCall.ts';
import type { CallRoad } from './road.ts';

/** Something that may be asked for: as it stands, by the definition this connection has listed. */
export interface Exposed {
  /** What an approval binds to: the same only while the definition is. */
  readonly digest: string;
  readonly standing: Pick<ToolStanding, 'state' | 'class' | 'inputSchema' | 'description'>;
}

/** The list that has to be known before this is judged; null where it is in none. */
export function listFor({ lists }: CallRoad, { action }: Call): DefinitionList | null {
  switch (action) {
    case 'call':
      return lists.tool;
    case 'get_prompt':
    case 'complete_prompt':
      return lists.prompt;
    case 'complete_resource':
      return lists.template;
    case 'read_resource':
      return null;
  }
}

/** Only what was reviewed as it is now may be asked for; before the first review of a server everything may. */
export function exposed(road: CallRoad, call: Call): Exposed | Refusal {
  switch (call.action) {
    case 'call':
      return tool(road, call);
    case 'get_prompt':
      return listed(road, call, road.lists.prompt, true);
    case 'complete_prompt':
      return listed(road, call, road.lists.prompt, true, 'read');
    case 'complete_resource':
      // A reference to a resource may be a template, or the URI of one resource, which nothing was reviewed of.
      return listed(road, call, road.lists.template, false, 'read');
    case 'read_resource':
      return resource(road, call);
  }
}

/** Whether it is still what it was when it was asked about: definition, review and class. */
export function stillExposed(road: CallRoad, call: Call, { digest, standing }: Exposed): Refusal | null {
  const now = exposed(road, call);
  const same = !('code' in now) && now.digest === digest && now.standing.state === standing.state;
  if (same && now.standing.class === standing.class) return null;
  const code = call.action === 'call' ? 'TOOL_HELD' : 'DEFINITION_HELD';
  return refusal(code, 'it changed while it was asked about');
}

function tool({ deps, server, lists }: CallRoad, call: Call): Exposed | Refusal {
  const digest = lists.tool.digest(call.tool);
  const standing = deps.catalog.standing(server, call.tool, digest);
  if (digest === null || standing.state === 'unknown') return refusal('TOOL_UNKNOWN', call.tool);
  if (!isShown(standing.state)) return refusal('TOOL_HELD', `${call.tool} is ${standing.state}`);
  return { digest, standing };
}

/** A reviewed prompt is filled in and read; completing a value carries away no more than the value that is typed. */
function listed(
  road: CallRoad,
  call: Call,
  list: DefinitionList,
  always: boolean,
  only?: ToolClass,
): Exposed | Refusal {
  const { deps, server } = road;
  const digest = list.digest(call.tool);
  const state = deps.catalog.exposure(server, list.kind, call.tool, digest);
  if (state === 'unknown' && always) return refusal('NOT_FOUND', `the ${list.kind} ${call.tool}`);
  if (state !== 'unknown' && !isShown(state))
    return refusal('DEFINITION_HELD', `the ${list.kind} ${call.tool} is ${state}`);
  return content(road, call, only ?? (state === 'accepted' ? 'read' : 'read-sensitive'), digest ?? '');
}

/** What the server lists is as sensitive as its tools that read; any other URI is one somebody made up (SECURITY.md rule 13). */
function resource(road: CallRoad, call: Call): Exposed {
  const known = road.lists.resources.has(call.tool) && isReviewed(road);
  return content(road, call, known ? 'read' : 'read-sensitive', '');
}

function content(road: CallRoad, { action, tool: what }: Call, toolClass: ToolClass, definition: string): Exposed {
  const digest = road.deps.hash(new TextEncoder().encode(JSON.stringify([action, what, definition])));
  const state = isReviewed(road) ? 'accepted' : 'unreviewed';
  return { digest, standing: { state, class: toolClass, inputSchema: null, description: null } };
}

/** Whether a person has reviewed anything of this server. */
function isReviewed({ deps, server }: CallRoad): boolean {
  return deps.catalog.exposure(server, 'prompt', '', 'sha256:') !== 'unreviewed';
}
