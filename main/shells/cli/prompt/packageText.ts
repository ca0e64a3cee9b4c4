import type { PackageCheck, PackageTruth, PinnedPackage } from '../../../contract/package.ts';
import { columns } from '../columns.ts';
import type { Paint } from '../paint.ts';
import { visible } from '../visible.ts';

/** What a registry says of a package; what could not be checked stands there as that. */
export function truthText(truth: PackageTruth, paint: Paint): string[] {
  const { scripts, dependencies } = truth;
  const unknown = paint.dim('could not be checked');
  const rows: [string, string][] = [
    ['version', truth.version === null ? unknown : visible(truth.version)],
    ...(truth.latest === null ? [] : [['newest', visible(truth.latest)] as [string, string]]),
    ['registry', truth.registry === null ? unknown : visible(truth.registry)],
    ['integrity', truth.integrity === null ? unknown : visible(truth.integrity)],
    ['published', truth.publishedAt === null ? unknown : visible(truth.publishedAt)],
    ['first published', truth.firstPublishedAt === null ? unknown : visible(truth.firstPublishedAt)],
    ['published by', truth.publisher === null ? unknown : visible(truth.publisher)],
    ['maintainers', truth.maintainers === null ? unknown : visible(truth.maintainers.join(', ')) || 'nobody'],
    ['size', truth.size === null ? unknown : `${truth.size} bytes unpacked`],
    ['dependencies', dependencies === null ? unknown : String(dependencies.length)],
    ['signature', checkText(truth.signature, paint)],
    ['provenance', checkText(truth.provenance, paint)],
    ['vulnerabilities', checkText(truth.advisories, paint)],
  ];
  if (truth.deprecated) rows.push(['deprecated', paint.warn(visible(truth.deprecated))]);
  if (scripts === null) rows.push(['install scripts', unknown]);
  else if (scripts.length === 0) rows.push(['install scripts', 'none']);
  for (const { package: name, event, command } of scripts ?? [])
    rows.push(['install script', `${visible(name)} ${event}: ${visible(command)}`]);
  return [
    paint.bold(`${visible(truth.package.name)}, as its registry says`),
    ...columns(rows.map(([label, value]) => [paint.dim(label), value])),
    ...truth.unchecked.map(({ what, why }) => paint.dim(`could not be checked: ${visible(what)} (${visible(why)})`)),
    paint.dim(`looked up ${truth.lookedAt}`),
  ];
}

/** The package that runs in the launcher's place, and all that comes with it. */
export function pinnedText(pinned: PinnedPackage, paint: Paint): string[] {
  const { dependencies } = pinned;
  return columns([
    [
      paint.dim('runs'),
      `${paint.bold(visible(`${pinned.name}@${pinned.version}`))} from the store, without its launcher`,
    ],
    [paint.dim('  file'), visible(pinned.entry)],
    [paint.dim('  integrity'), paint.dim(visible(pinned.integrity))],
    [paint.dim('  lockfile'), paint.dim(pinned.lock)],
    ...pinned.scripts.map(({ package: name, event, command, allowed }) => [
      paint.dim('  script'),
      `${visible(name)} ${event}: ${visible(command)} ${allowed ? paint.warn('runs once, when it is installed') : paint.dim('does not run')}`,
    ]),
    ...dependencies.map((one, index) => [paint.dim(index === 0 ? `  with ${dependencies.length}` : ''), visible(one)]),
  ]);
}

function checkText({ state, detail }: PackageCheck, paint: Paint): string {
  const text = visible(detail);
  if (state === 'verified') return `${paint.good('checked')}: ${text}`;
  if (state === 'failed') return `${paint.bad('failed')}: ${text}`;
  return state === 'absent' ? `none: ${text}` : paint.dim(`could not be checked: ${text}`);
}
