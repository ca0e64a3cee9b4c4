import type { PolicyQuery } from '../../../main/contract/policy.ts';
import type { ToolClass } from '../../../main/contract/tool.ts';

/** A question to the policy as it is typed; what is empty is not supposed. */
export interface Question {
  readonly server: string;
  readonly action: NonNullable<PolicyQuery['action']>;
  readonly tool: string;
  readonly arguments: string;
  readonly class: ToolClass | '';
  /** Local, as `datetime-local` has it. */
  readonly at: string;
  /** Divided by commas. */
  readonly roles: string;
  readonly environment: string;
  readonly tenant: string;
  readonly region: string;
}

export const EMPTY_QUESTION: Question = {
  server: '',
  action: 'call',
  tool: '',
  arguments: '',
  class: '',
  at: '',
  roles: '',
  environment: '',
  tenant: '',
  region: '',
};

/** The question as the daemon takes it. */
export function queryOf(question: Question): PolicyQuery {
  const { server, action, tool, class: toolClass, at, environment, tenant, region } = question;
  const roles = question.roles.split(',').flatMap((role) => role.trim() || []);
  return {
    server,
    action,
    tool,
    arguments: question.arguments.trim() || '{}',
    ...(toolClass === '' ? {} : { class: toolClass }),
    ...(at === '' ? {} : { at: new Date(at).toISOString() }),
    ...(roles.length === 0 ? {} : { roles }),
    ...(environment === '' ? {} : { environment }),
    ...(tenant === '' ? {} : { tenant }),
    ...(region === '' ? {} : { region }),
  };
}
