import type { Launch, LaunchDifference, LaunchVariable } from '../../../contract/launch.ts';
import { columns } from '../columns.ts';
import type { Paint } from '../paint.ts';
import { visible } from '../visible.ts';

/** The whole launch, nothing truncated: one argument a line, every file with its hash (PRODUCT.md I1). */
export function launchText(launch: Launch, paint: Paint): string[] {
  return [
    `${paint.dim('command')}    ${paint.bold(visible(launch.command))}`,
    ...launch.args.map(
      (argument, index) => `${paint.dim(`argument ${String(index + 1).padEnd(2)}`)} ${visible(argument)}`,
    ),
    `${paint.dim('folder')}     ${visible(launch.cwd)}`,
    `${paint.dim('sandbox')}    ${visible(launch.sandbox)}`,
    '',
    paint.dim(launch.files.length === 0 ? 'no program or script file takes part' : 'files that take part'),
    ...launch.files.flatMap((file) => [
      `  ${file.role.padEnd(7)} ${visible(file.path)}${file.written === file.path ? '' : paint.dim(`  written ${visible(file.written)}`)}`,
      paint.dim(`          ${file.sha256}  ${file.size} bytes`),
    ]),
    '',
    paint.dim(launch.variables.length === 0 ? 'no environment variables' : 'environment'),
    ...columns(launch.variables.map((variable) => ['', visible(variable.name), source(variable, paint)])),
  ];
}

function source({ source, shown }: LaunchVariable, paint: Paint): string {
  if (source === 'inherited') return paint.dim('inherited');
  if (source === 'keychain') return `keychain secret ${paint.accent(visible(shown ?? ''))}`;
  return shown === null ? 'written in the configuration' : visible(shown);
}

/** What changed since the last consent, before and after. */
export function differenceText(differences: readonly LaunchDifference[], paint: Paint): string[] {
  return differences.flatMap(({ where, before, after }) => [
    paint.warn(visible(where)),
    `  ${paint.bad('-')} ${before === null ? paint.dim('(nothing)') : visible(before)}`,
    `  ${paint.good('+')} ${after === null ? paint.dim('(nothing)') : visible(after)}`,
  ]);
}
