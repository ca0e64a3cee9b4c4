import type { Command } from 'commander';
import type { ClientsChoice, ProtectPlan } from '../../../contract/client.ts';
import { Refused } from '../../../contract/errors.ts';
import { nameAndValue } from '../nameAndValue.ts';
import type { Client, Shell } from '../shell.ts';
import { visible } from '../visible.ts';
import type { ChosenEntry } from './clientEntries.ts';

/** What a person says of the entries that are to be protected. */
export interface Answers {
  readonly plain: readonly string[];
  readonly answer?: Readonly<Record<string, string>>;
}

/** The options of that. */
export function answering(command: Command): Command {
  return command
    .option('--plain <variables...>', 'variables whose values are no secrets', [])
    .option('--answer <NAME=VALUE>', 'what the client would have asked, repeatable', nameAndValue);
}

/**
 * The plan for these entries with what their clients would have asked: given by id, otherwise typed on the terminal.
 * Throws `Refused('INPUT_INVALID')` where nobody says it.
 */
export async function planned(
  shell: Shell,
  api: Client,
  chosen: readonly ChosenEntry[],
  { plain, answer = {} }: Answers,
): Promise<{ choice: ClientsChoice; plan: ProtectPlan }> {
  const given = new Map(Object.entries(answer));
  const entries = chosen.map(({ entry }) => entry.id);
  const choice = { entries, plain: entries.flatMap((entry) => plain.map((variable) => ({ entry, variable }))) };
  const plan = await api.clients.plan(choice);
  const answers: ClientsChoice['answers'] = [];
  // Files of different clients can ask for different things by one id.
  const questions = Map.groupBy(plan.asked, ({ input, description, options }) =>
    JSON.stringify([input, description, options]),
  );
  for (const same of questions.values()) {
    const [question] = same;
    if (question === undefined) continue;
    const value = given.get(question.input) ?? (question.value === null ? await typed(shell, question) : null);
    if (value !== null) answers.push(...same.map(({ entry, input }) => ({ entry, input, value })));
  }
  const answered = { ...choice, answers };
  return { choice: answered, plan: answers.length === 0 ? plan : await api.clients.plan(answered) };
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
