import type { ClientChange, MovedSecret } from '../../../contract/client.ts';
import { CLIENT_NAMES } from '../../../contract/client.ts';
import { columns } from '../columns.ts';
import type { Paint } from '../paint.ts';
import { visible } from '../visible.ts';
import { fileChange } from './fileChange.ts';

/** What is written into clients' files, part by part. */
export function clientChangeText(changes: readonly ClientChange[], paint: Paint): string[] {
  return changes.flatMap(({ client, file, entry, line, before, after }) => [
    '',
    `${paint.bold(visible(entry))} ${paint.dim(`of ${CLIENT_NAMES[client]}, ${visible(file)}:${line}`)}`,
    ...fileChange({ file: '', before, after }, paint).slice(1),
  ]);
}

/** Which values move into the keychain, and what told them apart. */
export function movedText(secrets: readonly MovedSecret[], paint: Paint): string[] {
  if (secrets.length === 0) return [];
  return [
    '',
    paint.bold('Moved into the keychain'),
    ...columns(
      secrets.map(({ name, server, variable, why, length }) => [
        paint.accent(name),
        `${visible(variable)} of ${server}`,
        `${length} characters`,
        paint.dim(visible(why)),
      ]),
    ),
  ];
}
