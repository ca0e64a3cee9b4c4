/** A verdict in one sentence. */
import type { RuleRef, Verdict } from '../../contract/verdict.ts';
import { shown } from '../gate/shown.ts';
import type { PolicyQuestion } from './question.ts';

/** Why such a request is allowed, asked or denied: the rule, its file and line, and the reason it gives. */
export function explainVerdict(
  { action = 'call', server, tool, class: toolClass }: Pick<PolicyQuestion, 'action' | 'server' | 'tool' | 'class'>,
  verdict: Verdict,
): string {
  const request = `${REQUESTS[action]} ${shown(tool)} on ${server}, class ${toolClass},`;
  return `${request} ${outcome(verdict)} by the rule ${ruleWords(verdict.rule)}: ${verdict.reason}`;
}

const REQUESTS = {
  call: 'A call of',
  read_resource: 'Reading',
  get_prompt: 'Getting the prompt',
  complete_resource: 'Completing a value of',
  complete_prompt: 'Completing a value of the prompt',
} as const;

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
