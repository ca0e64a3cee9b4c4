/** A verdict in one sentence. */
import type { ToolClass } from '../../contract/tool.ts';
import type { RuleRef, Verdict } from '../../contract/verdict.ts';
import { shown } from '../gate/shown.ts';

/** Why a call of this class is allowed, asked or denied: the rule, its file and line, and the reason it gives. */
export function explainVerdict(server: string, tool: string, toolClass: ToolClass, verdict: Verdict): string {
  const call = `A call of ${shown(tool)} on ${server}, class ${toolClass},`;
  return `${call} ${outcome(verdict)} by the rule ${ruleWords(verdict.rule)}: ${verdict.reason}`;
}

/** `no-etc (mine.cedar:3)`. */
export function ruleWords({ id, file, line }: RuleRef): string {
  if (file === null) return id;
  return `${id} (${file}${line === null ? '' : `:${line}`})`;
}

function outcome({ decision, approvals }: Verdict): string {
  switch (decision) {
    case 'allow':
      return 'is allowed';
    case 'deny':
      return 'is denied';
    case 'ask':
      return approvals === 1 ? 'is asked of one person' : 'is asked of two people';
  }
}
