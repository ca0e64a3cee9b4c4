import type { ProtectPlan, UnprotectSubject } from '../../../contract/client.ts';
import { columns } from '../columns.ts';
import type { Output } from '../output.ts';
import type { Paint } from '../paint.ts';
import { visible } from '../visible.ts';
import { clientChangeText } from './clientText.ts';

/** What protecting entries does: to clients’ files, to secrets, and what it leaves. */
export function protectText(
  { changes, secrets, files, exposed }: Pick<ProtectPlan, 'changes' | 'secrets' | 'files' | 'exposed'>,
  paint: Paint,
): string[] {
  return [...clientChangeText(changes, paint), ...movedText(secrets, paint), ...asideText({ files, exposed }, paint)];
}

/** What putting entries back does: to clients’ files, and with secrets. */
export function unprotectText(
  { changes, secrets, gone }: Pick<UnprotectSubject, 'changes' | 'secrets' | 'gone'>,
  paint: Paint,
): string[] {
  const names = (all: readonly string[]) => all.map(visible).join(', ');
  return [
    ...clientChangeText(changes, paint),
    ...(secrets.length === 0 ? [] : ['', paint.bad(`Written out in plain again: ${names(secrets)}`)]),
    ...(gone.length === 0 ? [] : ['', `Revoked meanwhile, so that nothing comes in its place: ${names(gone)}`]),
  ];
}

/** A plan, and what is to be set by name afterwards. */
export function showPlan(plan: ProtectPlan, out: Output): void {
  out.lines([...protectText(plan, out.paint), '']);
  for (const { name, server, variable } of plan.missing)
    out.note(`${server} needs ${variable}: countersign secrets set ${name}`);
}

/** Which values move into the keychain, and what told them apart. */
function movedText(secrets: ProtectPlan['secrets'], paint: Paint): string[] {
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

/** What is taken from other files, and the secrets that cannot move. */
function asideText({ files, exposed }: Pick<ProtectPlan, 'files' | 'exposed'>, paint: Paint): string[] {
  return [
    ...exposed.map(
      ({ server, argument, why }) =>
        `${paint.warn('stays in plain text')}  argument ${argument} of ${server}: ${visible(why)}. If the server takes it as a variable too, write it under env in the client’s file.`,
    ),
    ...files.map(
      ({ server, path, variables }) =>
        `${paint.dim('taken as they are now')}  ${variables.map(visible).join(' ')} of ${server}, from ${visible(path)}, which stays as it is`,
    ),
  ];
}
