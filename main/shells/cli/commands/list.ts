import type { InstanceState } from '../../../contract/server.ts';
import type { Paint } from '../paint.ts';
import { type AddCommand, verb } from '../verb.ts';
import { visible } from '../visible.ts';

/** `list`: every configured server with its state, tools and command. */
export const addList: AddCommand = (program, shell, leave) => {
  verb(program, shell, leave, {
    usage: 'list',
    summary: 'list the servers and their states',
    async run({ out }) {
      const servers = await (await shell.api()).servers.list();
      out.result(servers, () => {
        if (servers.length === 0) return out.line('No servers yet. Add one: countersign add NAME -- COMMAND ARGUMENT…');
        out.table(
          servers.map(({ name, state, tools, command, args }) => [
            out.paint.bold(name),
            stateName(state, out.paint),
            tools.seen
              ? `${tools.accepted} accepted${tools.held > 0 ? out.paint.warn(`, ${tools.held} held`) : ''}`
              : out.paint.dim('not seen'),
            visible([command, ...args].join(' ')),
          ]),
          ['name', 'state', 'tools', 'command'],
        );
        for (const [reason, same] of Map.groupBy(servers, (server) => server.reason))
          if (reason !== null)
            out.line(out.paint.dim(`${same.map(({ name }) => name).join(', ')}: ${visible(reason)}`));
        out.problems(
          servers.flatMap(({ name, problem }) =>
            problem === null ? [] : [{ ...problem, detail: `${name}: ${problem.detail ?? problem.message}` }],
          ),
        );
      });
      return undefined;
    },
  });
};

function stateName(state: InstanceState, paint: Paint): string {
  if (state === 'ready') return paint.good(state);
  if (state === 'failed' || state === 'quarantined' || state === 'unhealthy') return paint.bad(state);
  return state === 'stopped' || state === 'disabled' ? paint.dim(state) : paint.warn(state);
}
