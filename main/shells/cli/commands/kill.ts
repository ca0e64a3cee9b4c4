import type { Command } from 'commander';
import { Refused } from '../../../contract/errors.ts';
import { type SwitchScope, scopeWords } from '../../../contract/switch.ts';
import { EXIT } from '../exit.ts';
import { follow } from '../prompt/follow.ts';
import type { Client } from '../shell.ts';
import { type AddCommand, verb } from '../verb.ts';
import { visible } from '../visible.ts';

interface Options {
  readonly all?: true;
  readonly server?: string;
  readonly tool?: string;
  readonly family?: string;
  readonly client?: string;
  readonly session?: string;
}

/** `kill` and `revive`: one scope each. Killing counts at once; only reviving is asked of a person. */
export const addKill: AddCommand = (program, shell, leave) => {
  verb<[], Options>(program, shell, leave, {
    usage: 'kill',
    summary: 'stop calls now and refuse them from now on; nothing else stops',
    options: scopes,
    async run({ options, out }) {
      const api = await shell.api();
      const target = targetOf(options);
      if ('server' in target) await api.servers.disable({ server: target.server });
      else await api.switches.kill({ scope: target.scope });
      out.result({}, () => out.line(`Stopped: ${words(target)}`));
      const absent = 'server' in target ? null : await absentNow(api, target.scope);
      if (absent !== null) out.note(`${absent} The stop holds for what comes; “countersign revive” lists it.`);
      return EXIT.ok;
    },
  });

  verb<[], Options & { wait: boolean }>(program, shell, leave, {
    usage: 'revive',
    summary: 'ask a person to switch on again what was stopped; without a scope, list what is',
    options: (command) => scopes(command).option('--no-wait', 'ask, and do not wait for the answer'),
    async run({ options, out }) {
      const api = await shell.api();
      if (count(options) === 0) {
        const off = await api.switches.list();
        const servers = out.json ? [] : await api.servers.list();
        const disabled = servers.filter(({ state }) => state === 'disabled').map(({ name }) => name);
        out.result(off, () => {
          if (off.length + disabled.length === 0) return out.line('Nothing is stopped.');
          if (off.length > 0)
            out.table(
              off.map(({ scope, at, person }) => [visible(scopeWords(scope)), at, person ?? 'its row was lost']),
              ['stopped', 'since', 'by'],
            );
          for (const name of disabled) out.line(`The server ${name} is switched off: countersign enable ${name}`);
        });
        return EXIT.ok;
      }
      const target = targetOf(options);
      const { ask } =
        'server' in target
          ? await api.servers.enable({ server: target.server })
          : await api.switches.revive({ scope: target.scope });
      return follow(shell, out, ask, options.wait);
    },
  });
};

function scopes(command: Command): Command {
  return command
    .option('--all', 'everything')
    .option('--server <name>', 'a server, with its processes')
    .option('--tool <server/tool>', 'one tool of a server')
    .option('--family <name>', 'the tools of a family, as settings.json names it')
    .option('--client <program>', 'every session of a client program, by its path')
    .option('--session <id>', 'one session');
}

type Target = { readonly server: string } | { readonly scope: SwitchScope };

const count = ({ all, server, tool, family, client, session }: Options): number =>
  [all, server, tool, family, client, session].filter((value) => value !== undefined).length;

/** Throws `Refused('INPUT_INVALID')` unless exactly one scope was given. */
function targetOf(options: Options): Target {
  const { server, tool, family, client, session } = options;
  if (count(options) !== 1)
    throw new Refused('INPUT_INVALID', 'give one of --all, --server, --tool, --family, --client, --session');
  if (server !== undefined) return { server };
  if (family !== undefined) return { scope: { kind: 'family', family } };
  if (client !== undefined) return { scope: { kind: 'client', program: client } };
  if (session !== undefined) return { scope: { kind: 'session', session } };
  if (tool === undefined) return { scope: { kind: 'all' } };
  const slash = tool.indexOf('/');
  if (slash < 1) throw new Refused('INPUT_INVALID', 'a tool is given as server/tool');
  return { scope: { kind: 'tool', server: tool.slice(0, slash), tool: tool.slice(slash + 1) } };
}

/** What is not there at the moment, in a sentence: a word spelled wrong stops nothing, and must not look as if it did. */
async function absentNow(api: Client, scope: SwitchScope): Promise<string | null> {
  switch (scope.kind) {
    case 'tool': {
      const tools = await api.tools.list({ server: scope.server });
      const known = tools.some(({ name }) => name === scope.tool);
      return known ? null : `${scope.server} has no tool ${visible(scope.tool)} now.`;
    }
    case 'client':
    case 'session': {
      const sessions = await api.servers.sessions();
      const covered = sessions.some(({ id, client }) =>
        scope.kind === 'client' ? client.program === scope.program : id === scope.session,
      );
      return covered ? null : 'No session of it is connected now.';
    }
    default:
      return null;
  }
}

const words = (target: Target): string =>
  'server' in target ? `the server ${target.server}` : visible(scopeWords(target.scope));
