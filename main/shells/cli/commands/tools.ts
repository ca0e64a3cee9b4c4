import { InvalidArgumentError } from 'commander';
import { Refused } from '../../../contract/errors.ts';
import {
  DEFINITION_KINDS,
  type DefinitionReview,
  definitionsWords,
  TOOL_CLASSES,
  type ToolClass,
} from '../../../contract/tool.ts';
import { definitionName, definitionsNamed } from '../definitionName.ts';
import { EXIT } from '../exit.ts';
import type { Output } from '../output.ts';
import { className } from '../prompt/className.ts';
import { fileChange } from '../prompt/fileChange.ts';
import { findingLines } from '../prompt/findings.ts';
import { follow } from '../prompt/follow.ts';
import type { Client } from '../shell.ts';
import { type AddCommand, verb } from '../verb.ts';
import { visible, visibleLines } from '../visible.ts';

/** Everything a server says of itself. */
const ALL = [...DEFINITION_KINDS];

/** `tools list|review|accept|hold <server>`. */
export const addTools: AddCommand = (program, shell, leave) => {
  const tools = program.command('tools').description('review what servers offer and say of themselves');

  verb<[string], object>(tools, shell, leave, {
    usage: 'list <server>',
    summary: 'list the tools with their classes, the prompts, resource templates, instructions and identity',
    async run({ args: [server], out }) {
      const reviews = await reviewsOf(await shell.api(), server);
      out.result(reviews, () => {
        if (reviews.length === 0) return out.line(neverStarted(server));
        out.table(
          reviews.map((review) => [
            visible(definitionName(review)),
            review.state === 'accepted' ? out.paint.good(review.state) : out.paint.warn(review.state),
            classOf(review, out),
          ]),
          ['name', 'state', 'class'],
        );
      });
      return EXIT.ok;
    },
  });

  verb<[string], { all?: boolean }>(tools, shell, leave, {
    usage: 'review <server>',
    summary: 'show what is new or has changed, what that could mean, and proposed classes with reasons',
    options: (command) => command.option('--all', 'the accepted ones too'),
    async run({ args: [server], options, out }) {
      const known = await reviewsOf(await shell.api(), server);
      const reviews = known.filter(({ state }) => options.all === true || state === 'new' || state === 'changed');
      out.result(reviews, () => {
        if (known.length === 0) return out.line(neverStarted(server));
        for (const review of reviews) printReview(review, out);
        out.line(
          reviews.length === 0
            ? 'Nothing is new or has changed.'
            : `Accept these with the proposed classes: countersign tools accept ${server}`,
        );
      });
      return EXIT.ok;
    },
  });

  verb<[string, string[]], { class?: Record<string, ToolClass>; wait: boolean }>(tools, shell, leave, {
    usage: 'accept <server> [names...]',
    summary: 'ask a person to accept what is named as the list writes it (all that is new or changed when nothing is)',
    options: (command) =>
      command
        .option(
          '-c, --class <TOOL=CLASS>',
          `a class other than the proposed one (${TOOL_CLASSES.join(', ')}); repeatable`,
          choiceOf,
        )
        .option('--no-wait', 'ask, and do not wait for the answer'),
    async run({ args: [server, names], options, out }) {
      const api = await shell.api();
      const classes = options.class ?? {};
      const reviews = await reviewsOf(api, server);
      const wanted = names.length > 0 ? definitionsNamed(reviews, names) : waiting(reviews, classes);
      for (const name of Object.keys(classes))
        if (!wanted.some((review) => review.kind === 'tool' && review.name === name))
          throw new Refused('NOT_FOUND', `--class ${name}=…: no such tool is among what would be accepted`);
      if (wanted.length === 0) {
        out.result([], () => out.line('Nothing to accept.'));
        return EXIT.ok;
      }
      const acceptances = wanted.map(({ kind, name, digest, state, proposed, class: given }) => ({
        kind,
        name,
        digest,
        class: (kind === 'tool' ? classes[name] : undefined) ?? (state === 'accepted' ? given : null) ?? proposed,
      }));
      const { ask } = await api.tools.accept({ server, tools: acceptances });
      return follow(shell, out, ask, options.wait);
    },
  });

  verb<[string, string[]], object>(tools, shell, leave, {
    usage: 'hold <server> <names...>',
    summary: 'hold back again what is named as the list writes it',
    async run({ args: [server, names], out }) {
      const api = await shell.api();
      const held = definitionsNamed(await api.tools.list({ server, kinds: ALL }), names);
      for (const [kind, of = []] of Map.groupBy(held, (review) => review.kind))
        await api.tools.hold({ server, kind, tools: of.map(({ name }) => name) });
      out.result({}, () => out.line(`Held back: ${definitionsWords(held.map(({ kind }) => kind))}`));
      return EXIT.ok;
    },
  });
};

/** What the server says of itself. Throws `Refused('SERVER_UNKNOWN')` for a name of which nothing is known. */
async function reviewsOf(api: Client, server: string): Promise<DefinitionReview[]> {
  const reviews = await api.tools.list({ server, kinds: ALL });
  if (reviews.length === 0 && !(await api.servers.list()).some(({ name }) => name === server))
    throw new Refused('SERVER_UNKNOWN', server);
  return reviews;
}

const neverStarted = (server: string) =>
  `What ${server} offers shows once it has started. Start it once, to read its tools: countersign start ${server}`;

function waiting(
  reviews: readonly DefinitionReview[],
  classes: Readonly<Record<string, ToolClass>>,
): DefinitionReview[] {
  return reviews.filter(
    ({ kind, name, state }) => state === 'new' || state === 'changed' || (kind === 'tool' && name in classes),
  );
}

/** Only a tool has a class to choose. */
function classOf({ kind, class: given, proposed }: DefinitionReview, { paint }: Output): string {
  if (kind !== 'tool') return '';
  return given === null ? paint.dim(`proposed ${proposed}`) : className(given, paint);
}

function choiceOf(text: string, before: Record<string, ToolClass> | undefined): Record<string, ToolClass> {
  const equals = text.lastIndexOf('=');
  const chosen = TOOL_CLASSES.find((each) => each === text.slice(equals + 1));
  if (equals < 1 || chosen === undefined)
    throw new InvalidArgumentError(`Write it as TOOL=CLASS with one of ${TOOL_CLASSES.join(', ')}.`);
  return { ...before, [text.slice(0, equals)]: chosen };
}

function printReview(review: DefinitionReview, out: Output) {
  const { paint } = out;
  const proposed = review.kind === 'tool' ? `  proposed ${className(review.proposed, paint)}` : '';
  out.line(`${paint.bold(visible(definitionName(review)))}  ${review.state}${proposed}  ${paint.dim(review.digest)}`);
  for (const reason of review.reasons) out.line(`  ${visible(reason)}`);
  for (const sentence of review.meaning) out.line(`  ${paint.warn('≠')} ${visible(sentence)}`);
  for (const line of findingLines(review.findings, paint)) out.line(`  ${line}`);
  if (review.pinned === null) out.lines(pretty(review.definition).map((line) => paint.dim(`  │ ${line}`)));
  else {
    const change = {
      file: 'definition',
      before: pretty(review.pinned).join('\n'),
      after: pretty(review.definition).join('\n'),
    };
    out.lines(fileChange(change, paint).map((line) => `  ${line}`));
  }
  out.line();
}

/** A definition indented for reading, instructions as the text that they are; as it came when it is not JSON. */
function pretty(definition: string): string[] {
  try {
    const value: unknown = JSON.parse(definition);
    return visibleLines(typeof value === 'string' ? value : JSON.stringify(value, null, 2));
  } catch {
    return visibleLines(definition);
  }
}
