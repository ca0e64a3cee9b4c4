import type { ClientChange, ClientEntry, LeaveSubject } from '../../../contract/client.ts';
import { CLIENT_NAMES } from '../../../contract/client.ts';
import type { Paint } from '../paint.ts';
import { visible } from '../visible.ts';
import { shortId } from './clientEntries.ts';
import { fileChange } from './fileChange.ts';
import { findingText } from './findingText.ts';

/** What is written into clients' files, part by part. */
export function clientChangeText(changes: readonly ClientChange[], paint: Paint): string[] {
  return changes.flatMap(({ client, file, entry, line, before, after }) => [
    '',
    `${paint.bold(visible(entry))} ${paint.dim(`of ${CLIENT_NAMES[client]}, ${visible(file)}:${line}`)}`,
    ...fileChange({ file: '', before, after }, paint).slice(1),
  ]);
}

const CHANGES = { added: 'new', changed: 'changed', released: 'taken out' } as const;

/** Where an entry stands, and what else is to be known of it at a glance. */
export function stateText({ state, appeared, left, server, off, unasked }: ClientEntry, paint: Paint): string {
  const colour = {
    unprotected: paint.warn,
    protected: paint.good,
    quarantined: paint.bad,
    remote: paint.dim,
    uncovered: paint.dim,
  };
  const words = state === 'remote' ? 'not covered yet' : state === 'uncovered' ? 'not covered' : state;
  return [
    colour[state](words),
    ...(appeared === null ? [] : [paint.bad(`! ${CHANGES[appeared.change]}`)]),
    ...(left === null ? [] : [paint.dim(`left so by ${visible(left.by)}`)]),
    ...(state === 'protected' && server !== null ? [paint.dim(`as ${server}`)] : []),
    ...(off ? [paint.dim('off')] : []),
    ...(unasked ? [paint.warn('runs unasked')] : []),
  ].join(' ');
}

/** Everything about one entry. */
export function entryText(
  { client, file, entry }: Pick<LeaveSubject, 'client' | 'file' | 'entry'>,
  paint: Paint,
): string[] {
  return [
    `${paint.bold(visible(entry.name))}  ${stateText(entry, paint)}`,
    paint.dim(`  ${CLIENT_NAMES[client]}, ${visible(file)}:${entry.line}  ${shortId(entry)}`),
    ...(entry.command === null ? [] : [`  command  ${visible(entry.command)}`]),
    ...entry.args.map((word, index) => `  argument ${index + 1}  ${visible(word)}`),
    ...(entry.env.length === 0 ? [] : [`  variables  ${entry.env.map(visible).join(' ')}`]),
    ...(entry.url === null ? [] : [`  address  ${visible(entry.url)}`]),
    ...(entry.reason === null ? [] : [`  ${visible(entry.reason)}`]),
    ...(entry.command === null ? [] : findingText({ command: entry.command, args: entry.args }, entry.findings, paint)),
  ];
}
