/** What the gate itself says of a request somebody has in mind, before and after policy: the rules that are in no file. */
import type { ErrorCode, Refusal } from '../../contract/errors.ts';
import type { ToolClass } from '../../contract/tool.ts';
import type { Verdict } from '../../contract/verdict.ts';
import { shown } from '../../core/gate/shown.ts';
import type { ArgumentCheck } from '../../core/gate/validate.ts';
import type { Switches } from '../switches/ports.ts';
import type { ToolCatalog } from '../tools/ports.ts';
import type { PolicyQuestion } from './ports.ts';

export interface GateParts {
  readonly catalog: ToolCatalog;
  readonly checkArguments: ArgumentCheck;
  readonly switches: Switches;
}

/** How a tool stands whatever policy says of it. */
export interface GateSays {
  /** As reviewed; `external` for what nobody reviewed. */
  readonly class: ToolClass;
  /** The deny that comes before policy is asked; null when there is none. */
  readonly verdict: Verdict | null;
  /** What a person should know besides. */
  readonly notes: readonly string[];
}

/** `args` are null where only the tool is asked about: then they are not held against its schema. */
export function gateSays(
  { catalog, checkArguments }: GateParts,
  server: string,
  tool: string,
  args: unknown,
): GateSays {
  const row = catalog.review(server).find(({ name }) => name === tool);
  const { state, class: toolClass, digest, inputSchema } = catalog.standing(server, tool, row?.digest ?? null);
  if (row === undefined) {
    const note = `No tool ${shown(tool)} was seen on ${server}: this is what would be said of one that nobody reviewed.`;
    return { class: toolClass, verdict: null, notes: [note] };
  }
  if (state === 'new' || state === 'changed') {
    const reason = `The tool is ${state}, and nobody has reviewed it as it is now.`;
    return { class: 'external', verdict: denies('gate/held-tool', 'TOOL_HELD', reason), notes: [] };
  }
  const unfit =
    args === null || digest === null || inputSchema == null ? null : checkArguments(digest, inputSchema, args);
  if (unfit === null) return { class: toolClass, verdict: null, notes: [] };
  const reason = `The arguments do not fit the tool's reviewed input schema: ${unfit}.`;
  return { class: toolClass, verdict: denies('gate/arguments', 'ARGUMENTS_INVALID', reason), notes: [] };
}

/** The verdict once kill switches were looked at: they come last, and only deny. */
export function switchedOff(
  { switches }: GateParts,
  { session, client, server, tool, action = 'call' }: PolicyQuestion,
  verdict: Verdict,
): Verdict {
  const off: Refusal | null =
    verdict.decision === 'deny'
      ? null
      : switches.stops({ session, program: client, server, tool: action === 'call' ? tool : null });
  return off === null ? verdict : denies('gate/switched-off', off.code, `Somebody switched off ${off.detail ?? 'it'}.`);
}

function denies(id: string, code: ErrorCode, reason: string): Verdict {
  return { decision: 'deny', approvals: 0, rule: { id, file: null, line: null }, reason, decider: 'gate', code };
}
