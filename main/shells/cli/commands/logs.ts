import type { LogLine } from '../../../contract/server.ts';
import { EXIT } from '../exit.ts';
import type { Output } from '../output.ts';
import { type AddCommand, verb } from '../verb.ts';
import { visible } from '../visible.ts';
import { wholeNumber } from '../wholeNumber.ts';

/** `logs <server> [-f] [--words …]`: oldest first; with `-f` until Ctrl-C. With `--json` and `-f`: one LogLine[] a change. */
export const addLogs: AddCommand = (program, shell, leave) => {
  verb<[string], { follow?: boolean; words?: string; limit: number }>(program, shell, leave, {
    usage: 'logs <server>',
    summary: 'print what a server wrote to stderr, and its lifecycle',
    options: (command) =>
      command
        .option('-f, --follow', 'go on with what comes')
        .option('-w, --words <words>', 'only lines with these words')
        .option('-n, --limit <lines>', 'how many lines at most', wholeNumber(2000), 500),
    async run({ args: [server], options, out }) {
      const api = await shell.api();
      const read = (after: number) =>
        api.servers.logs({
          server,
          after,
          limit: options.limit,
          ...(options.words === undefined ? {} : { words: options.words }),
        });
      const changes = options.follow ? await api.daemon.changes(undefined, { signal: shell.interrupted }) : null;
      let last = print(out, await read(0), 0);
      if (changes === null) return EXIT.ok;
      for await (const { topic } of changes) {
        if (topic === 'servers' || topic === 'status') last = print(out, await read(last), last);
      }
      return EXIT.ok;
    },
  });
};

function print(out: Output, lines: readonly LogLine[], last: number): number {
  if (lines.length > 0 || last === 0) {
    out.result(lines, () => {
      for (const { at, stream, text } of lines) {
        const shown = visible(text);
        out.line(
          `${out.paint.dim(at.slice(11, 23))} ${stream === 'lifecycle' ? out.paint.accent(shown) : stream === 'stdout' ? out.paint.warn(shown) : shown}`,
        );
      }
    });
  }
  return lines.at(-1)?.seq ?? last;
}
