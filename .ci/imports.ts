/** Holds the sources to the import rules (importRules.ts), and fails when it sees too little to judge by. */
import { globSync, readFileSync } from 'node:fs';
import { cyclesIn } from './cycles.ts';
import { type Import, importedBy } from './importedBy.ts';
import { alwaysWrong, ROWS, TEST_ROW } from './importRules.ts';

const AREAS = ['main', 'preload', 'renderer', 'collector', 'e2e', 'bench'];
const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
const shipped = new Set(Object.keys(manifest.dependencies));
const declared = new Set([...shipped, ...Object.keys(manifest.devDependencies)]);

const files = globSync(AREAS.map((area) => `${area}/**/*.{ts,tsx}`)).map((file) => file.replaceAll('\\', '/'));
const graph = new Map(files.map((file) => [file, importedBy(file)] as const));
const faults = [...graph].flatMap(([file, imports]) => imports.flatMap((one) => faultsOf(file, one)));
for (const file of files) if (rowOf(file) === undefined) faults.push(`${file}: no rule speaks for it`);
for (const cycle of cyclesIn(graph))
  faults.push(`${cycle.join(' → ')}: files that need each other are one file or three`);

for (const fault of faults) console.error(fault);
const imports = [...graph.values()].reduce((sum, { length }) => sum + length, 0);
// Any real program imports something in most of its files: fewer, and it is the reading that is broken.
const tooFew = imports < files.length || files.length === 0;
if (tooFew) console.error('Too few imports were found: the sources were not read.');
console.log(`${files.length} files, ${imports} imports, ${faults.length} faults`);
process.exitCode = faults.length > 0 || tooFew ? 1 : 0;

function rowOf(file: string) {
  return TEST_ROW.from.test(file) && !file.startsWith('e2e/') ? TEST_ROW : ROWS.find(({ from }) => from.test(file));
}

function faultsOf(file: string, { to, type }: Import): string[] {
  const found: string[] = [];
  const say = (why: string) => found.push(`${file} → ${to}: ${why}`);
  const row = rowOf(file);
  if (to.startsWith('missing:')) say('there is no such file');
  else if (row !== undefined && !row.from.test(to) && !row.may.some((may) => may.test(to))) say('not in its row');
  const wrong = alwaysWrong(file, to);
  if (wrong !== null) say(wrong);
  if (to.startsWith('npm:')) {
    const name = to.slice(4);
    const ships = file.startsWith('main/') && row !== TEST_ROW && !type && name !== 'electron';
    if (!(ships ? shipped : declared).has(name)) say(ships ? 'not a dependency that ships' : 'not in package.json');
  }
  return found;
}
