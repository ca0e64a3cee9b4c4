/** Holds the sources to the import rules, and fails when it sees too little to judge: a parser that reads nothing finds nothing. */
import { globSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cruise, type ICruiseResult } from 'dependency-cruiser';

const AREAS = ['main', 'preload', 'renderer', 'e2e', 'bench'];
const rules = createRequire(import.meta.url)('../.dependency-cruiser.cjs');
const files = globSync(AREAS.map((area) => `${area}/**/*.{ts,tsx}`));

const { output } = await cruise(files, { ...rules.options, validate: true, ruleSet: { forbidden: rules.forbidden } });
const { modules, summary } = output as ICruiseResult;

const seen = new Map(modules.map((module) => [module.source, module]));
const unseen = files.filter((file) => !seen.has(file));
// Any real program imports something in most of its files.
const importing = files.filter((file) => (seen.get(file)?.dependencies.length ?? 0) > 0).length;
const classed = rules.forbidden.flatMap(({ from }: { from: { path?: string } }) => from.path ?? []);
const unclassed = files.filter((file) => !classed.some((pattern: string) => new RegExp(pattern).test(file)));

for (const { rule, from, to } of summary.violations) console.error(`${rule.name}: ${from} → ${to}`);
for (const file of unseen) console.error(`not read: ${file}`);
for (const file of unclassed) console.error(`no rule covers: ${file}`);
const faults = summary.violations.length + unseen.length + unclassed.length;
if (importing < files.length / 2) {
  console.error(`Only ${importing} of ${files.length} files seem to import anything: the parser does not work.`);
  process.exitCode = 1;
}
if (faults > 0) process.exitCode = 1;
console.log(`${files.length} modules, ${summary.totalDependenciesCruised} imports, ${faults} faults`);
