import type { ClientsChoice, ProtectPlan } from '../../../contract/client.ts';
import { Refused } from '../../../contract/errors.ts';
import type { Client, Shell } from '../shell.ts';
import { visible } from '../visible.ts';

export interface Answered {
  readonly choice: ClientsChoice;
  readonly plan: ProtectPlan;
}

/**
 * The plan with what its clients would have asked: `given` by id, otherwise typed on the terminal. Throws
 * `Refused('INPUT_INVALID')` where nobody says it.
 */
export async function withAnswers(
  shell: Shell,
  api: Client,
  choice: ClientsChoice,
  given: Readonly<Record<string, string>>,
): Promise<Answered> {
  const plan = await api.clients.plan(choice);
  const answers: ClientsChoice['answers'] = [];
  for (const same of Map.groupBy(plan.asked, ({ input }) => input).values()) {
    const [question] = same;
    if (question === undefined) continue;
    const value = given[question.input] ?? (question.value === null ? await typed(shell, question) : null);
    if (value !== null) answers.push(...same.map(({ entry, input }) => ({ entry, input, value })));
  }
  if (answers.length === 0) return { choice, plan };
  const answered = { ...choice, answers };
  return { choice: answered, plan: await api.clients.plan(answered) };
}

async function typed(
  shell: Shell,
  { server, input, description, options }: ProtectPlan['asked'][number],
): Promise<string> {
  const words = `${visible(description ?? input)}, for ${server}`;
  const terminal = shell.terminal();
  try {
    const choices = options === null ? '' : ` (${options.map(visible).join(', ')})`;
    const value = await terminal?.ask(`${words}${choices}: `);
    if (!value) throw new Refused('INPUT_INVALID', `${words}: give it as --answer ${visible(input)}=VALUE`);
    return value;
  } finally {
    terminal?.close();
  }
}
