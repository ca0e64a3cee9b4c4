/**
 * `npm test`: everything CI runs, and its sum as the last line, `N passed, N failed`.
 * With names as arguments only those checks run, such as `npm test -- types lint`.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { check, type Outcome } from './check.ts';

const AREAS = ['.', '.ci', 'main/contract', 'main/core', 'main/services', 'main/adapters', 'main/shells', 'main'];
const PAGES = ['collector', 'preload', 'renderer', 'e2e', 'bench'];

const project = join(import.meta.dirname, '..');
process.chdir(project);
process.env.PATH = `${join(project, 'node_modules', '.bin')}:${process.env.PATH}`;
mkdirSync('.artifacts', { recursive: true });
const outcomes: Outcome[] = [];
const wanted = process.argv.slice(2);

await step('build', () => check('build', ['npm', 'run', '--silent', 'prepare']));
for (const area of [...AREAS, ...PAGES]) {
  await step('types', () => check(`types ${area}`, ['tsc', '-p', area]));
}
await step('lint', () => check('lint', ['biome', 'check']));
await step('imports', () => check('imports', [process.execPath, '.ci/imports.ts']));
await step('unused', () => check('unused', ['knip', '--no-progress']));
// What the machine lacks is installed before anything would be skipped for want of it.
const packages = spawnSync('.ci/packages', { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
await step('unit', () => tests('unit', 'unit'));
await step('protocol', () => tests('protocol', 'e2e'));
await step('e2e', endToEnd);

const width = Math.max(...outcomes.map(({ name }) => name.length));
console.log('');
for (const { name, passed, failed, notRun, seconds } of outcomes) {
  const left = notRun === undefined ? '' : `, NOT RUN: ${notRun}`;
  console.log(`${name.padEnd(width)}  ${seconds.toFixed(1).padStart(6)} s  ${passed} passed, ${failed} failed${left}`);
}
const passed = outcomes.reduce((sum, outcome) => sum + outcome.passed, 0);
const failed = outcomes.reduce((sum, outcome) => sum + outcome.failed, 0);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;

async function step(name: string, task: () => Promise<Outcome>): Promise<void> {
  if (wanted.length === 0 || wanted.includes(name)) outcomes.push(await task());
}

/** One of Vitest's projects (`vitest.config.ts`). */
function tests(name: string, project: string): Promise<Outcome> {
  const file = `.artifacts/${name}.json`;
  rmSync(file, { force: true });
  const reports = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  return check(name, ['vitest', 'run', '--project', project, ...reports], () => {
    const { numPassedTests, numFailedTests, testResults } = report<VitestReport>(file);
    const all = testResults.flatMap(({ assertionResults }) => assertionResults);
    const skipped = all.filter(({ status }) => status !== 'passed' && status !== 'failed');
    return { passed: numPassedTests, failed: numFailedTests, skipped: skipped.map(({ fullName }) => fullName) };
  });
}

/** The specs in both shells, on a desktop of their own; what this machine lacks is said, and is a failure in CI. */
async function endToEnd(): Promise<Outcome> {
  if (process.platform !== 'linux') return notRun('e2e', 'the desktop for the specs is made for Linux');
  if (packages.status !== 0) return notRun('e2e', packages.stdout.trim());
  const electron = spawnSync(process.execPath, ['.ci/electron.ts'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const executable = electron.status === 0 ? electron.stdout.trim().split('\n').at(-1) : undefined;
  if (executable === undefined) outcomes.push(notRun('e2e desktop', 'there is no Electron, and none could be fetched'));
  else outcomes.push(await buildPackage(executable));
  rmSync('.artifacts/e2e.json', { force: true });
  const only = executable === undefined ? ['--project=browser'] : [];
  return check('e2e', ['.ci/desktop', 'playwright', 'test', ...only], () => {
    const { stats, suites } = report<PlaywrightReport>('.artifacts/e2e.json');
    const skipped = suites.flatMap(skippedIn);
    return { passed: stats.expected + stats.flaky, failed: stats.unexpected, skipped };
  });
}

/** A package of the app as it is installed, around the Electron the specs run on. */
function buildPackage(executable: string): Promise<Outcome> {
  process.env.ELECTRON_EXECUTABLE = executable;
  const version = readFileSync(join(dirname(executable), 'version'), 'utf8').trim();
  const electron = [`-c.electronDist=${dirname(executable)}`, `-c.electronVersion=${version}`];
  return check('package', ['electron-builder', '--linux', 'dir', ...electron]);
}

function notRun(name: string, why: string): Outcome {
  return { name, passed: 0, failed: process.env.CI === undefined ? 0 : 1, notRun: why, seconds: 0 };
}

interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: { assertionResults: { status: string; fullName: string }[] }[];
}

interface PlaywrightSuite {
  readonly specs?: { title: string; tests: { projectName: string; status: string }[] }[];
  readonly suites?: PlaywrightSuite[];
}

interface PlaywrightReport {
  readonly stats: Record<'expected' | 'unexpected' | 'flaky', number>;
  readonly suites: PlaywrightSuite[];
}

function skippedIn({ specs = [], suites = [] }: PlaywrightSuite): string[] {
  const own = specs.flatMap(({ title, tests }) =>
    tests.filter(({ status }) => status === 'skipped').map(({ projectName }) => `${projectName}: ${title}`),
  );
  return [...own, ...suites.flatMap(skippedIn)];
}

function report<Report>(file: string): Report {
  return JSON.parse(readFileSync(file, 'utf8'));
}
