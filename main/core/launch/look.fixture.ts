import { Masker } from '../egress/masker.ts';
import { SECRET_RULES } from '../egress/secretRules.ts';
import { type Analysis, analyse } from './analyse.ts';

const masker = new Masker([], SECRET_RULES);

/** What is read of a command and its arguments, with these variables set for it. */
export function look([command = '', ...args]: readonly string[], env: Readonly<Record<string, string>> = {}): Analysis {
  const variables = Object.entries(env).map(([name, shown]) => ({ name, source: 'literal' as const, shown }));
  return analyse({ command, args, variables }, masker);
}

/** What is severe about them, by id. */
export function severe(line: readonly string[], env?: Readonly<Record<string, string>>): string[] {
  return look(line, env)
    .findings.filter(({ severity }) => severity === 'severe')
    .map(({ id }) => id);
}
