import { type Launch, type LaunchDifference, type LaunchVariable, placeText } from '../../../contract/launch.ts';
import { reachLines } from '../../../contract/sandbox.ts';
import { columns } from '../columns.ts';
import type { Paint } from '../paint.ts';
import { visible } from '../visible.ts';
import { pinnedText } from './packageText.ts';

/** The whole launch, nothing truncated: one argument a line, every file with its hash (PRODUCT.md I1). */
export function launchText(launch: Launch, paint: Paint): string[] {
  const inherited = launch.variables.filter(({ source }) => source === 'inherited').map(({ name }) => visible(name));
  const given = launch.variables.filter(({ source }) => source !== 'inherited');
  const lines = columns([
    [paint.dim('command'), paint.bold(visible(launch.command))],
    ...launch.args.map((argument, index) => [paint.dim(`argument ${index + 1}`), visible(argument)]),
    [paint.dim('folder'), visible(launch.cwd)],
    ...reachText(launch, paint),
    ...launch.files.flatMap((file) => [
      [paint.dim(file.role), visible(file.path)],
      ...(file.written === file.path ? [] : [[paint.dim('  written as'), visible(file.written)]]),
      [paint.dim('  size, hash'), paint.dim(`${file.size} bytes, ${file.sha256}`)],
    ]),
    ...given.map((variable, index) => [
      paint.dim(index === 0 ? 'environment' : ''),
      `${visible(variable.name)}  ${valueText(variable, paint)}`,
    ]),
    [paint.dim('inherited'), inherited.length === 0 ? 'nothing from the environment' : inherited.join(' ')],
  ]);
  return launch.package ? [...lines, ...pinnedText(launch.package, paint)] : lines;
}

/** What it reaches of the machine, every path on a line of its own. */
function reachText({ reach, sandbox }: Launch, paint: Paint): string[][] {
  const lines = reach === undefined ? [] : reachLines(reach);
  return [
    ...lines.flatMap(({ text, paths, open }, index) => [
      [paint.dim(index === 0 ? 'sandbox' : ''), open ? paint.warn(text) : text],
      ...paths.map((path) => ['', visible(path)]),
    ]),
    [paint.dim('held by'), visible(sandbox)],
  ];
}

/** Where a variable's value comes from. */
function valueText({ source, shown }: LaunchVariable, paint: Paint): string {
  if (source === 'keychain') return `keychain secret ${paint.accent(visible(shown ?? ''))}`;
  return shown === null ? 'written in the configuration' : `= ${visible(shown)}`;
}

/** What changed since the last consent, before and after. */
export function differenceText(differences: readonly LaunchDifference[], paint: Paint): string[] {
  return differences.flatMap(({ where, before, after }) => [
    paint.warn(visible(placeText(where))),
    `  ${paint.bad('-')} ${before === null ? paint.dim('(nothing)') : visible(before)}`,
    `  ${paint.good('+')} ${after === null ? paint.dim('(nothing)') : visible(after)}`,
  ]);
}
