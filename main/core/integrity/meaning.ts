/**
 * What a difference between the reviewed definition and the present one could mean: sentences of ours, drawn from the two
 * texts. The server's own words stand in them quoted and cut, never as a claim.
 */
import type { DefinitionKind } from '../../contract/tool.ts';
import { schemaMeaning } from './schemaMeaning.ts';
import { capital, type Found, same, shown, textMeaning, valueMeaning } from './sentences.ts';

export interface Change {
  readonly kind: DefinitionKind;
  /** The two values as JSON. */
  readonly before: unknown;
  readonly after: unknown;
  /** How many more findings there are at this JSON pointer than there were. */
  readonly found: Found;
}

/** More sentences than this nobody reads: the difference itself is below them. */
const MOST = 20;

/** At least a sentence for each member that differs, in the order of `before`, then what `after` adds; none when nothing differs. */
export function changeMeaning({ kind, before, after, found }: Change): string[] {
  const all =
    kind === 'instructions'
      ? textMeaning(
          'The text of the instructions',
          before,
          after,
          '',
          found,
          'A model reads them before anything else.',
        )
      : members(before, after).flatMap(([key, was, now]) => {
          const sentences = memberMeaning(kind, key, was, now, found);
          return sentences.length > 0 ? sentences : valueMeaning(`\`${key}\``, was, now, `/${key}`, found);
        });
  const rest = all.length - MOST;
  return rest > 0 ? [...all.slice(0, MOST), `${rest} more differences stand in the definition itself.`] : all;
}

function memberMeaning(kind: DefinitionKind, key: string, was: unknown, now: unknown, found: Found): string[] {
  const pointer = `/${key}`;
  if (key === 'description') return textMeaning('The description', was, now, pointer, found);
  if (key === 'title')
    return textMeaning('The title, which clients show in place of the name,', was, now, pointer, found);
  switch (`${kind} ${key}`) {
    case 'tool annotations':
      return hints(was, now, found);
    case 'tool inputSchema':
      return schemaMeaning(was, now, found);
    case 'tool outputSchema':
      return results(was, now);
    case 'prompt arguments':
      return promptArguments(was, now, found);
    case 'template mimeType':
      return [`What it gives is said to be ${shown(now)}, and was said to be ${shown(was)}.`];
    case 'identity name':
      return [`The server calls itself ${shown(now)}, and called itself ${shown(was)}: it may be another program.`];
    case 'identity version':
      return [`Its version went from ${shown(was)} to ${shown(now)}: what a call does may have changed with it.`];
    default:
      return valueMeaning(`\`${key}\``, was, now, pointer, found);
  }
}

/** MCP ToolAnnotations: what a hint means, and what it is where it is absent. */
const HINTS = {
  readOnlyHint: {
    absent: false,
    on: 'the server now says that it only reads',
    off: 'the server no longer says that it only reads',
  },
  destructiveHint: {
    absent: true,
    on: 'the server now says that it may destroy',
    off: 'the server no longer says that it may destroy',
  },
  idempotentHint: {
    absent: false,
    on: 'the server now says that calling it again changes nothing more',
    off: 'calling it again may do more than calling it once',
  },
  openWorldHint: {
    absent: true,
    on: 'the server now says that it reaches outside',
    off: 'the server now says that it reaches nothing outside',
  },
} as const;

function hints(before: unknown, after: unknown, found: Found): string[] {
  return members(before, after).flatMap(([key, was, now]) => {
    if (!Object.hasOwn(HINTS, key))
      return valueMeaning(`\`${key}\` of the annotations`, was, now, `/annotations/${key}`, found);
    const { absent, on, off } = HINTS[key as keyof typeof HINTS];
    const [from, to] = [was ?? absent, now ?? absent];
    if (from === to)
      return [
        `${key} is ${now === undefined ? 'no longer said' : 'said now'}, which means what it meant: ${shown(to)}.`,
      ];
    return [
      `${key} went from ${shown(from)} to ${shown(to)}: ${to === true ? on : off}. Its class stays what a person chose.`,
    ];
  });
}

function results(before: unknown, after: unknown): string[] {
  if (after === undefined) return ['The output schema was removed: results are no longer checked against one.'];
  if (before === undefined) return ['An output schema was added: clients check results against it.'];
  return ['The output schema changed: results are checked against another one than before.'];
}

interface PromptArgument {
  /** In its list. */
  readonly place: number;
  readonly description?: unknown;
  readonly required: boolean;
  readonly rest: string;
}

/** MCP Prompt.arguments: a list, each with a name. */
function promptArguments(before: unknown, after: unknown, found: Found): string[] {
  const [was, now] = [byName(before), byName(after)];
  return [...new Set([...was.keys(), ...now.keys()])].flatMap((name) => {
    const [old, fresh] = [was.get(name), now.get(name)];
    const what = `the argument \`${name}\``;
    if (old === undefined)
      return [
        `${fresh?.required ? 'A new required argument' : 'A new argument'} \`${name}\` was added: clients will ask for a value.`,
      ];
    if (fresh === undefined) return [`${capital(what)} was removed.`];
    return [
      ...(old.required === fresh.required
        ? []
        : [`${capital(what)} is ${fresh.required ? 'required' : 'optional'} now.`]),
      ...textMeaning(
        `The description of ${what}`,
        old.description,
        fresh.description,
        `/arguments/${fresh.place}/description`,
        found,
      ),
      ...(old.rest === fresh.rest ? [] : [`Something else about ${what} changed.`]),
    ];
  });
}

function byName(list: unknown): Map<string, PromptArgument> {
  const items = Array.isArray(list) ? list : [];
  return new Map(
    items.map((item, place) => {
      const { name, description, required, ...rest } = item ?? {};
      return [String(name), { place, description, required: required === true, rest: JSON.stringify(rest) }];
    }),
  );
}

/** Members that differ, with both values. */
function members(before: unknown, after: unknown): [string, unknown, unknown][] {
  const [was, now] = [fieldsOf(before), fieldsOf(after)];
  return [...new Set([...Object.keys(was), ...Object.keys(now)])].flatMap((key) =>
    same(was[key], now[key]) ? [] : [[key, was[key], now[key]]],
  );
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
