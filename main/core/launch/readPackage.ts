/** Launchers that fetch the package they run. */
import { optionsAmong, type ReadOptions, readOptions } from './options.ts';
import { packageFindings } from './packageFindings.ts';
import { npmPackage, pypiPackage } from './packageSpec.ts';
import { programFindings } from './programs.ts';
import type { Reading } from './reading.ts';
import { fedFromOutside, ofProject, place, readFile, readModule } from './readProgram.ts';
import { readScript } from './readShell.ts';
import { strayCommands } from './readWords.ts';
import { joinedAt } from './shellScript.ts';
import { settingFindings } from './variables.ts';
import type { Word } from './word.ts';

const NPM_VALUES =
  '-p --package --registry -c --call --cache --userconfig --globalconfig --prefix -w --workspace --loglevel -n ' +
  '--node-options --script-shell --init-module';
/** Options that may stand before a verb and take a value: one that was missing would pass its value for the verb. */
const BEFORE_VERB: ReadonlyMap<string, string> = new Map([
  ['npm', NPM_VALUES],
  ['pnpm', '-C --dir --loglevel --prefix --reporter --filter -F --registry --store-dir --config-dir'],
  ['yarn', '--cwd --registry --cache-folder --loglevel'],
  ['uv', '--directory --project --config-file --cache-dir --color --allow-insecure-host --python-preference'],
  ['pipx', ''],
]);
/** Every option of uvx and uv run, and of pipx run, that takes a value, for the same reason. */
const PYTHON_VALUES =
  '--from --spec -w --with --with-editable --with-requirements --python -p --index-url -i --default-index --index ' +
  '--extra-index-url --directory --project --env-file --cache-dir --pip-args --extra --group -c --constraints --constraint ' +
  '-b --build-constraints --build-constraint --overrides --override --python-platform --torch-backend -f --find-links ' +
  '-P --upgrade-package --upgrade-group --reinstall-package --index-strategy --keyring-provider --resolution --prerelease ' +
  '--fork-strategy -C --config-setting --config-settings --config-settings-package --no-build-isolation-package ' +
  '--exclude-newer --exclude-newer-package --link-mode --no-build-package --no-binary-package --refresh-package ' +
  '--no-sources-package --allow-insecure-host --config-file --color --python-preference --python-fetch --no-extra ' +
  '--no-group --only-group --package --no-install-package --only-install-package --max-recursion-depth';

/** Follows npx and its like; false when the program is none. */
export function readPackageRunner(reading: Reading, name: string, words: readonly Word[], depth: number): boolean {
  const valued = BEFORE_VERB.get(name);
  const before: ReadOptions = valued === undefined ? { options: [], rest: words } : readOptions(words, valued);
  const own = before.rest;
  const verb = own[0]?.text ?? '';
  const npm = 'npx bunx pnpx'.split(' ').includes(name)
    ? 0
    : /^(npm (exec|x)|(pnpm|yarn) dlx|bun x)$/.test(`${name} ${verb}`)
      ? 1
      : -1;
  if (npm >= 0) {
    // npm itself takes its options anywhere before `--`.
    const read = (name === 'npm' ? optionsAmong : readOptions)(own.slice(npm), NPM_VALUES);
    reading.launchers.push(npm ? `${name} ${verb}` : name);
    readNpm(reading, { ...read, options: [...before.options, ...read.options] }, depth);
    return true;
  }
  const initializer = /^((npm|pnpm|yarn|bun) create|npm (init|innit))$/.test(`${name} ${verb}`) ? own[1] : undefined;
  if (initializer && !initializer.text.startsWith('-')) {
    reading.launchers.push(`${name} ${verb}`);
    reading.setPackage(npmPackage(initializerName(initializer.text), null), initializer);
    return true;
  }
  if (/^(pnpm|yarn) exec$/.test(`${name} ${verb}`)) {
    readProjects(reading, name, before.options, own, depth);
    return true;
  }
  if (/^(npm|pnpm|yarn)$/.test(name) && /^(run|run-script|start|test|restart)$/.test(verb))
    ofProject(reading, own[0] as Word);
  const line = [name, ...own.slice(0, 2).map(({ text }) => text)].join(' ');
  const python = /^(uvx|uv tool run|uv run|pipx run)(?= |$)/.exec(line)?.[0];
  if (python === undefined) return false;
  const read = readOptions(own.slice(python.split(' ').length - 1), PYTHON_VALUES);
  reading.launchers.push(python);
  readPython(reading, read, python === 'uv run' ? [...before.options, ...read.options] : null, depth);
  return true;
}

/** The package that `npm init` and its like run for a name (npm-init(1)). */
function initializerName(text: string): string {
  const [, scope = '', name = '', version = ''] = /^(@[^/@]+\/?)?([^@]*)(@.*)?$/.exec(text) ?? [];
  const folder = scope === '' || scope.endsWith('/') ? scope : `${scope}/`;
  return `${folder}${name === '' ? 'create' : `create-${name}`}${version}`;
}

/** A program that is looked for in the project first, or a shell's script. */
function readProjects(
  reading: Reading,
  name: string,
  before: ReadOptions['options'],
  own: readonly Word[],
  depth: number,
): void {
  const { options, rest } = readOptions(own.slice(1), NPM_VALUES);
  const [first] = rest;
  if (!first) return;
  ofProject(reading, first);
  reading.launchers.push(`${name} exec`);
  if ([...before, ...options].some(({ name }) => /^(-c|--shell-mode)$/.test(name)))
    return readScript(reading, 'sh', joinedAt(first, rest), depth);
  reading.here = { ...reading.here, ownPath: true };
  reading.follow(rest, depth + 1);
}

function readNpm(reading: Reading, { options, rest }: ReadOptions, depth: number): void {
  // Of one that is given twice npm takes the last.
  const value = (names: RegExp) => options.findLast((one) => names.test(one.name))?.value ?? null;
  const registry = value(/^--registry$/)?.text ?? null;
  const named = options.flatMap((one) => (/^(-p|--package)$/.test(one.name) && one.value ? [one.value] : []));
  const [spec = rest[0], ...others] = named;
  const script = value(/^(-c|--call)$/);
  for (const one of options) npmSetting(reading, one.name, one.value);
  if (spec) reading.setPackage(npmPackage(spec.text, registry), spec);
  for (const other of others) reading.report(packageFindings(npmPackage(other.text, registry), other));
  reading.report(programFindings(rest));
  reading.aside(() => {
    if (script) readScript(reading, 'sh', script, depth);
    strayCommands(reading, rest.slice(1));
    readNested(reading, rest.slice(1), depth);
  });
}

/** npm takes any of its settings as an option, too. */
function npmSetting(reading: Reading, option: string, value: Word | null): void {
  if (value === null || option === '--registry') return;
  const name = option === '-n' ? 'node_options' : option.replace(/^-+/, '').replaceAll('-', '_');
  reading.report(settingFindings(`npm_config_${name}`, value.text, value));
}

/** Proxies get the server's own line after `--` or as one text: what it holds counts, the package stays what was named. */
function readNested(reading: Reading, words: readonly Word[], depth: number): void {
  const dashes = words.findIndex(({ text }) => text === '--');
  if (dashes >= 0) reading.follow(words.slice(dashes + 1), depth + 1);
  const script = words[words.findIndex(({ text }) => /^--(stdio|exec)$/.test(text)) + 1];
  if (script && script !== words[0] && /\s/.test(script.text)) readScript(reading, 'sh', script, depth);
}

/** `folders`: the options that may name where it runs, for a launcher that fetches nothing itself; null for one that does. */
function readPython(
  reading: Reading,
  { options, rest }: ReadOptions,
  folders: ReadOptions['options'] | null,
  depth: number,
): void {
  const given = options.filter((one) =>
    /^(--index-url|-i|--default-index|--index|--extra-index-url|-f|--find-links)$/.test(one.name),
  );
  const registry = given[0]?.value?.text ?? null;
  for (const { name, value } of options)
    if (/^(-p|--python)$/.test(name) && value && /[/\\]/.test(value.text)) {
      place(reading, value);
      reading.starts('program', value);
    } else if (/^(-w|--with)$/.test(name) && value)
      reading.findings.push(
        ...packageFindings(pypiPackage(value.text, registry), value).filter(({ id }) => id !== 'unpinned'),
      );
  if (folders) {
    const folder = folders.find((one) => one.name === '--directory')?.value;
    if (folder) reading.enter(folder);
    const [first] = rest;
    if (first && options.some((one) => /^(-m|--module)$/.test(one.name))) return readModule(reading, first);
    if (first?.text === '-') return fedFromOutside(reading, rest);
    if (rest[0] && /^https?:/i.test(rest[0].text)) return readFile(reading, rest[0], depth);
    return reading.follow(rest, depth + 1);
  }
  const spec = options.find((one) => /^(--from|--spec)$/.test(one.name))?.value ?? rest[0];
  if (spec) reading.setPackage(pypiPackage(spec.text, registry), spec);
  const pip = options.find((one) => one.name === '--pip-args')?.value;
  if (pip && /--?(extra-)?index-url|(^|\s)-i\s/.test(pip.text))
    reading.add('other-registry', 'warning', pip, 'The package is taken from another registry.');
  reading.aside(() => {
    strayCommands(reading, rest.slice(1));
    readNested(reading, rest.slice(1), depth);
  });
}
