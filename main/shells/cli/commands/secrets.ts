import { type Command, InvalidArgumentError } from 'commander';
import { Refused } from '../../../contract/errors.ts';
import type { SecretInfo, SecretScope } from '../../../contract/secret.ts';
import { boundWords } from '../../../contract/secretWords.ts';
import { EXIT } from '../exit.ts';
import { nameAndValue } from '../nameAndValue.ts';
import type { Output } from '../output.ts';
import { findingText } from '../prompt/findingText.ts';
import { follow } from '../prompt/follow.ts';
import { launchText } from '../prompt/launchText.ts';
import type { Shell } from '../shell.ts';
import { type AddCommand, verb } from '../verb.ts';

interface Scoping {
  readonly for?: string[];
  readonly environment?: string;
  readonly expires?: string;
  readonly wait: boolean;
}

/** `secrets set|rotate|bind|helper|list|show|revoke`. Values come from standard input or the terminal, never from an argument. */
export const addSecrets: AddCommand = (program, shell, leave) => {
  const secrets = program.command('secrets').alias('secret').description('keep secrets in the keychain');

  for (const [usage, summary] of [
    ['set <name>', 'store a secret; the value comes from standard input, or is typed hidden on a terminal'],
    ['rotate <name>', 'replace the value of a secret; what runs with the old one is stopped'],
  ] as const) {
    verb<[string], Scoping>(secrets, shell, leave, {
      usage,
      summary,
      options: scoped,
      async run({ args: [name], options, out }) {
        const api = await shell.api();
        if (usage.startsWith('rotate')) await known(shell, name);
        const value = await readValue(shell, name);
        const scope = scopeOf(options);
        const { ask } = await api.secrets.set({ name, value, ...(scope && { scope }) });
        return follow(shell, out, ask, options.wait);
      },
    });
  }

  verb<[string], Scoping>(secrets, shell, leave, {
    usage: 'bind <name>',
    summary: 'say which servers get a secret; its value stays',
    options: scoped,
    async run({ args: [name], options, out }) {
      const { environment, expiresAt } = await known(shell, name);
      const given = scopeOf(options) ?? { servers: null, environment: null, expiresAt: null };
      const scope = {
        ...given,
        environment: given.environment ?? environment,
        expiresAt: given.expiresAt ?? expiresAt,
      };
      const { ask } = await (await shell.api()).secrets.keepFor({ name, scope });
      return follow(shell, out, ask, options.wait);
    },
  });

  verb<[string, string[]], Scoping & { env?: Record<string, string> }>(secrets, shell, leave, {
    usage: 'helper <name> <command...>',
    summary: 'let a command make a short-lived secret: countersign secrets helper NAME -- COMMAND ARGUMENT…',
    options: (command) =>
      scoped(command).option('-e, --env <NAME=VALUE>', 'a variable for it, repeatable', nameAndValue),
    async run({ args: [name, words], options, out }) {
      const [command = '', ...args] = words;
      const scope = scopeOf(options);
      const { ask } = await (await shell.api()).secrets.helper({
        name,
        command: { command, args, env: options.env ?? {} },
        ...(scope && { scope }),
      });
      return follow(shell, out, ask, options.wait);
    },
  });

  verb(secrets, shell, leave, {
    usage: 'list',
    summary: 'list the names, who gets them, how old they are, and what to do about them',
    async run({ out }) {
      const api = await shell.api();
      const [list, wanted] = await Promise.all([api.secrets.list(), api.secrets.wanted()]);
      out.result(list, () => print(out, list));
      for (const { name, usedBy } of wanted)
        out.note(
          `${name} is not set, and ${usedBy.join(', ')} cannot start without it: countersign secrets set ${name}`,
        );
      return EXIT.ok;
    },
  });

  verb<[string], object>(secrets, shell, leave, {
    usage: 'show <name>',
    summary: 'show everything about a secret but its value, which is never shown',
    async run({ args: [name], out }) {
      const secret = await known(shell, name);
      out.result(secret, () => printOne(out, secret));
      return EXIT.ok;
    },
  });

  const revoke = verb<[string], object>(secrets, shell, leave, {
    usage: 'revoke <name>',
    summary: 'forget a secret and stop what runs with it at once',
    async run({ args: [name], out }) {
      await (await shell.api()).secrets.revoke({ name });
      out.result({}, () => out.line(`Revoked: ${name}. Withdraw it where it was issued too.`));
      return EXIT.ok;
    },
  });
  revoke.alias('remove');
};

const scoped = (command: Command) =>
  command
    .option('--for <server...>', 'only these servers get it')
    .option('--environment <word>', 'what it is for, such as production')
    .option('--expires <date>', 'when its issuer lets it end: 2027-01-31, or a number of days', expiry)
    .option('--no-wait', 'ask, and do not wait for the answer');

/** Undefined when nothing was said: then a name that exists keeps its scope. */
function scopeOf({ for: servers, environment, expires }: Scoping): SecretScope | undefined {
  if (servers === undefined && environment === undefined && expires === undefined) return undefined;
  return { servers: servers ?? null, environment: environment ?? null, expiresAt: expires ?? null };
}

function expiry(text: string): string {
  const days = /^\d{1,5}$/.test(text) ? Number(text) : null;
  const at = days === null ? new Date(text) : new Date(Date.now() + days * 86_400_000);
  if (Number.isNaN(at.getTime())) throw new InvalidArgumentError('Write it as 2027-01-31, or as a number of days.');
  return at.toISOString().replace('Z', '000Z');
}

async function known(shell: Shell, name: string): Promise<SecretInfo> {
  const found = (await (await shell.api()).secrets.list()).find((secret) => secret.name === name);
  if (!found) throw new Refused('NOT_FOUND', `no secret named ${name}`);
  return found;
}

function print(out: Output, list: readonly SecretInfo[]): void {
  const { paint } = out;
  if (list.length === 0) return out.line('No secrets yet.');
  const day = (at: string | null, none: string) => (at === null ? paint.dim(none) : at.slice(0, 10));
  out.table(
    list.map(({ name, servers, environment, setAt, expiresAt, lastUsedAt, usedBy, putsBack, helper }) => [
      paint.bold(name),
      environment ?? '',
      helper === null ? day(setAt, '') : 'made by a command',
      day(expiresAt, 'no end'),
      day(lastUsedAt, 'never'),
      usedBy.join(', ') || paint.dim(putsBack.length > 0 ? 'puts a client’s entry back' : 'nobody'),
      servers === null ? paint.dim('any') : servers.join(', '),
    ]),
    ['name', 'environment', 'set', 'expires', 'last used', 'named by', 'kept for'],
  );
  const worth = list.flatMap(({ name, concerns }) => concerns.map(({ text }) => [paint.warn(name), text]));
  if (worth.length > 0) {
    out.line();
    out.table(worth);
  }
}

function printOne(out: Output, secret: SecretInfo): void {
  const { paint } = out;
  out.table([
    [paint.dim('name'), paint.bold(secret.name)],
    [paint.dim('value'), secret.helper === null ? 'kept, never shown' : 'made by the command below'],
    [paint.dim('given to'), boundWords(secret)],
    [paint.dim('named by'), secret.usedBy.join(', ') || 'no server'],
    ...(secret.putsBack.length > 0 ? [[paint.dim('puts back'), secret.putsBack.join(', ')]] : []),
    [paint.dim('running'), secret.running.join(', ') || 'nothing'],
    [paint.dim('environment'), secret.environment ?? 'none said'],
    [paint.dim('set'), secret.setAt],
    [paint.dim('last used'), secret.lastUsedAt ?? 'never'],
    [paint.dim('expires'), secret.expiresAt ?? 'no end is known'],
    ...secret.concerns.map(({ text }) => [paint.warn('to do'), text]),
  ]);
  if (secret.helper) out.lines(['', ...findingText(secret.helper, [], paint), ...launchText(secret.helper, paint)]);
}

/** The piped value without its last line break, or what is typed hidden. Throws `Refused` when there is neither. */
async function readValue(shell: Shell, name: string): Promise<string> {
  const piped = await shell.piped();
  if (piped !== null) {
    const value = piped.replace(/\r?\n$/, '');
    if (value === '') throw new Refused('INPUT_INVALID', 'standard input is empty');
    return value;
  }
  const terminal = shell.terminal();
  if (terminal === null) throw new Refused('INPUT_INVALID', 'there is neither standard input nor a terminal');
  try {
    const value = await terminal.ask(`Value of ${name} (not shown): `, { hidden: true });
    if (!value) throw new Refused('INPUT_INVALID', 'no value was typed');
    return value;
  } finally {
    terminal.close();
  }
}
