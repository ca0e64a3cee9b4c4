import { type Refusal, refusal } from '../../contract/errors.ts';
import type { ToolStanding } from '../tools/ports.ts';
import type { CallRoad } from './road.ts';

/** A tool that may be called: as it stands, by the definition this connection has listed. */
export interface Exposed {
  readonly digest: string;
  readonly standing: ToolStanding;
}

/** Only what was reviewed as it is now may be called; before the first review of a server everything may be asked for. */
export function exposed({ deps, server, lists }: CallRoad, tool: string): Exposed | Refusal {
  const digest = lists.tool.digest(tool);
  const standing = deps.catalog.standing(server, tool, digest);
  switch (standing.state) {
    case 'accepted':
    case 'unreviewed':
      return digest === null ? refusal('TOOL_UNKNOWN', tool) : { digest, standing };
    case 'unknown':
      return refusal('TOOL_UNKNOWN', tool);
    case 'new':
    case 'changed':
      return refusal('TOOL_HELD', `${tool} is ${standing.state}`);
  }
}

/** Whether the tool is still what it was when it was asked about: definition, review and class. */
export function stillExposed(road: CallRoad, tool: string, { digest, standing }: Exposed): Refusal | null {
  const now = exposed(road, tool);
  const same = !('code' in now) && now.digest === digest && now.standing.state === standing.state;
  if (same && now.standing.class === standing.class) return null;
  return refusal('TOOL_HELD', 'it changed while it was asked about');
}
