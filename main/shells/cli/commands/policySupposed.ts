import { type Command, InvalidArgumentError } from 'commander';
import { POLICY_ACTIONS, type PolicyQuery } from '../../../contract/policy.ts';

/** What a question to policy is told on the command line in place of what is so. */
export interface Supposed {
  readonly action: (typeof POLICY_ACTIONS)[number];
  readonly at?: string;
  readonly role: readonly string[];
  readonly environment?: string;
  readonly tenant?: string;
  readonly region?: string;
  readonly client?: string;
}

/** The options of `policy explain` that say so. */
export function supposedOptions(command: Command): Command {
  return command
    .option('--action <action>', `what is asked of the server: ${POLICY_ACTIONS.join(', ')}`, anAction, 'call')
    .option('--at <time>', 'when, such as 2026-12-24T18:00:00Z; now when left out', aMoment)
    .option('--role <role>', 'a role of the person, in place of those in settings.json; again for more', another, [])
    .option('--environment <word>', 'in place of what settings.json says')
    .option('--tenant <word>', 'likewise')
    .option('--region <word>', 'likewise')
    .option('--client <program>', 'the client’s program, by its path');
}

/** The same as the contract has it. */
export function supposed({
  role,
  ...said
}: Supposed): Pick<PolicyQuery, (keyof Supposed & keyof PolicyQuery) | 'roles'> {
  const { action, at, environment, tenant, region, client } = said;
  return {
    action,
    ...(role.length > 0 ? { roles: [...role] } : {}),
    ...(at === undefined ? {} : { at }),
    ...(environment === undefined ? {} : { environment }),
    ...(tenant === undefined ? {} : { tenant }),
    ...(region === undefined ? {} : { region }),
    ...(client === undefined ? {} : { client }),
  };
}

const another = (value: string, before: readonly string[]) => [...before, value];

function anAction(text: string): Supposed['action'] {
  const found = POLICY_ACTIONS.find((each) => each === text);
  if (found === undefined) throw new InvalidArgumentError(`One of ${POLICY_ACTIONS.join(', ')}.`);
  return found;
}

function aMoment(text: string): string {
  const moment = new Date(text);
  if (Number.isNaN(moment.getTime())) throw new InvalidArgumentError('A date and time, such as 2026-12-24T18:00:00Z.');
  return moment.toISOString();
}
