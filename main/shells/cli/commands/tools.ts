import { InvalidArgumentError } from 'commander';
import { Refused } from '../../../contract/errors.ts';
import { TOOL_CLASSES, type ToolClass, type ToolReview } from '../../../contract/tool.ts';
import { EXIT } from '../exit.ts';
import type { Output } from '../output.ts';
import { className } from '../prompt/className.ts';
import { fileChange } from '../prompt/fileChange.ts';
import { findingLines } from '../prompt/findings.ts';
import { follow } from '../prompt/follow.ts';
import { type AddCommand, verb } from '../verb.ts';
import { visible, visibleLines } from '../visible.ts';

/** `tools list|review|accept|hold <server>`. */
export const addTools: AddCommand = (program, shell, leave) => {
  const tools = program.command('tools').description('review what servers offer');

  verb<[string], object>(tools, shell, leave, {
    usage: 'list <server>',
    summary: 'list the tools with their classes',
    async run({ args: [server], out }) {
      const reviews = await (await shell.api()).tools.list({ server });
      out.result(reviews, () =>
        out.table(
          reviews.map((tool) => [
            visible(tool.name),
            tool.state === 'accepted' ? out.paint.good(tool.state) : out.paint.warn(tool.state),
            tool.class === null ? out.paint.dim(`proposed ${tool.proposed}`) : className(tool.class, out.paint),
          ]),
          ['tool', 'state', 'class'],
        ),
      );
      return EXIT.ok;
    },
  });

  verb<[string], { all?: boolean }>(tools, shell, leave, {
    usage: 'review <server>',
    summary: 'show the definitions of new and changed tools with proposed classes and reasons',
    options: (command) => command.option('--all', 'the accepted ones too'),
    async run({ args: [server], options, out }) {
      const reviews = (await (await shell.api()).tools.list({ server })).filter(
        ({ state }) => options.all === true || state === 'new' || state === 'changed',
      );
      out.result(reviews, () => {
        for (const tool of reviews) printReview(tool, out);
        out.line(
          reviews.length === 0
            ? `Nothing to review. If the server was never started, start it first: countersign start ${server}`
            : `Accept these with the proposed classes: countersign tools accept ${server}`,
        );
      });
      return EXIT.ok;
    },
  });

  verb<[string, string[]], { class?: Record<string, ToolClass>; wait: boolean }>(tools, shell, leave, {
    usage: 'accept <server> [tools...]',
    summary: 'ask a person to accept tools (all new and changed ones when none is named)',
    options: (command) =>
      command
        .option(
          '-c, --class <TOOL=CLASS>',
          `a class other than the proposed one (${TOOL_CLASSES.join(', ')}); repeatable`,
          classOf,
        )
        .option('--no-wait', 'ask, and do not wait for the answer'),
    async run({ args: [server, names], options, out }) {
      const api = await shell.api();
      const classes = options.class ?? {};
      const reviews = await api.tools.list({ server });
      const wanted = names.length > 0 ? names : waiting(reviews, classes);
      if (wanted.length === 0) {
        out.result([], () => out.line('Nothing to accept.'));
        return EXIT.ok;
      }
      const acceptances = wanted.map((name) => {
        const review = reviews.find((tool) => tool.name === name);
        if (review === undefined) throw new Refused('TOOL_UNKNOWN', name);
        return {
          name,
          digest: review.digest,
          class: classes[name] ?? (review.state === 'accepted' ? review.class : null) ?? review.proposed,
        };
      });
      const { ask } = await api.tools.accept({ server, tools: acceptances });
      return follow(shell, out, ask, options.wait);
    },
  });

  verb<[string, string[]], object>(tools, shell, leave, {
    usage: 'hold <server> <tools...>',
    summary: 'hold tools back again',
    async run({ args: [server, names], out }) {
      await (await shell.api()).tools.hold({ server, tools: names });
      out.result({}, () => out.line(`Held back: ${names.join(', ')}`));
      return EXIT.ok;
    },
  });
};

function waiting(reviews: readonly ToolReview[], classes: Readonly<Record<string, ToolClass>>): string[] {
  return reviews
    .filter(({ name, state }) => state === 'new' || state === 'changed' || name in classes)
    .map(({ name }) => name);
}

function classOf(text: string, before: Record<string, ToolClass> | undefined): Record<string, ToolClass> {
  const equals = text.lastIndexOf('=');
  const chosen = TOOL_CLASSES.find((each) => each === text.slice(equals + 1));
  if (equals < 1 || chosen === undefined)
    throw new InvalidArgumentError(`Write it as TOOL=CLASS with one of ${TOOL_CLASSES.join(', ')}.`);
  return { ...before, [text.slice(0, equals)]: chosen };
}

function printReview(tool: ToolReview, out: Output) {
  const { paint } = out;
  out.line(
    `${paint.bold(visible(tool.name))}  ${tool.state}  proposed ${className(tool.proposed, paint)}  ${paint.dim(tool.digest)}`,
  );
  for (const reason of tool.reasons) out.line(`  ${visible(reason)}`);
  for (const line of findingLines(tool.findings, paint)) out.line(`  ${line}`);
  if (tool.pinned === null) out.lines(pretty(tool.definition).map((line) => paint.dim(`  │ ${line}`)));
  else {
    const change = {
      file: 'definition',
      before: pretty(tool.pinned).join('\n'),
      after: pretty(tool.definition).join('\n'),
    };
    out.lines(fileChange(change, paint).map((line) => `  ${line}`));
  }
  out.line();
}

/** A definition indented for reading; as it came when it is not JSON. */
function pretty(definition: string): string[] {
  try {
    return visibleLines(JSON.stringify(JSON.parse(definition), null, 2));
  } catch {
    return visibleLines(definition);
  }
}
