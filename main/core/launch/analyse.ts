/** A command line as data: which program it starts in the end, through what, and what a person should know of it (PRODUCT.md I2, I3). */
import type { LaunchFinding, LaunchVariable } from '../../contract/launch.ts';
import type { LaunchPackage } from '../../contract/package.ts';
import type { Masker } from '../egress/masker.ts';
import { inlineCode, scriptFindings } from './codeText.ts';
import { CONTAINER_VALUES, containerFindings } from './containers.ts';
import { INTERPRETERS, RAISES, SHELLS, WRAPPERS } from './launchers.ts';
import { type ReadOptions, readOptions } from './options.ts';
import { packageFindings } from './packageFindings.ts';
import { imagePackage, npmPackage, pypiPackage } from './packageSpec.ts';
import { shellCommands } from './shellScript.ts';
import { secretFindings, textFindings } from './texts.ts';
import { variableFindings } from './variables.ts';
import { findingAt, programName, restOf, type Word, wholeWord } from './word.ts';

export interface AnalysedLine {
  readonly command: string;
  readonly args: readonly string[];
  readonly variables: readonly Pick<LaunchVariable, 'name' | 'source' | 'shown'>[];
}

export interface Analysis {
  readonly launchers: readonly string[];
  readonly program: string;
  readonly package: LaunchPackage | null;
  /** What names the package. */
  readonly packageWord: Word | null;
  /** Worst first, then as they stand. */
  readonly findings: readonly LaunchFinding[];
}

/** A line nested deeper than this is not followed further. */
const DEEPEST = 12;
const PYTHON_VALUES =
  '--from --spec --with --with-editable --with-requirements --python -p --index-url -i --default-index --index ' +
  '--extra-index-url --directory --project --env-file --cache-dir --pip-args --extra --group';
const WORST = ['severe', 'warning', 'info'];

/** Never throws. `masker` finds secrets in a text. */
export function analyse(line: AnalysedLine, masker: Pick<Masker, 'find'>): Analysis {
  const reading = new Reading();
  const words = [wholeWord('command', line.command), ...line.args.map((text, i) => wholeWord(`args[${i}]`, text))];
  reading.follow(words, 0);
  const found = [
    ...words.flatMap((word, i) => textFindings(word, words[i - 1]?.text ?? '', masker)),
    ...reading.findings,
    ...variableFindings(line.variables),
    ...line.variables.flatMap(({ name, source, shown }) =>
      source === 'literal' && shown !== null ? secretFindings(wholeWord(`env ${name}`, shown), masker) : [],
    ),
  ];
  const seen = new Map(found.map((one) => [`${one.id} ${one.where} ${one.span.start} ${one.span.length}`, one]));
  const findings = [...seen.values()].toSorted((a, b) => WORST.indexOf(a.severity) - WORST.indexOf(b.severity));
  const { launchers, program, packageWord } = reading;
  return { launchers, program, package: reading.package, packageWord, findings };
}

class Reading {
  readonly launchers: string[] = [];
  readonly findings: LaunchFinding[] = [];
  program = '';
  /** Inside of a shell's script what is quoted is data. */
  #quoted = false;
  package: LaunchPackage | null = null;
  packageWord: Word | null = null;

  follow(words: readonly Word[], depth: number): void {
    const [first, ...rest] = words;
    if (!first || depth > DEEPEST) return;
    this.program = first.text;
    const name = programName(first.text);
    this.#place(first);
    const next = (more: readonly Word[]) => {
      if (more.length === 0) return;
      this.launchers.push(name);
      this.follow(more, depth + 1);
    };
    if (RAISES.test(name)) this.#add('more-rights', 'severe', first, 'The server gets the rights of an administrator.');
    if (name === 'env') return next(this.#env(rest));
    const wrapper = Object.hasOwn(WRAPPERS, name) ? WRAPPERS[name] : undefined;
    if (wrapper) return next(this.#assigned(readOptions(rest, wrapper.valued).rest.slice(wrapper.own)));
    if (name === 'su') {
      const script = readOptions(rest, '-c --command -s').options.find((one) =>
        /^(-c|--command)$/.test(one.name),
      )?.value;
      if (script) this.#script('sh', script, depth);
      return;
    }
    if (SHELLS.test(name)) return this.#shell(name, rest, depth);
    if (/^(docker|podman|nerdctl|finch)$/.test(name)) return this.#container(name, rest);
    if (this.#packageRunner(name, rest, depth)) return;
    this.#interpreter(name, rest, depth);
    this.#strayCommands(rest);
  }

  #add(id: string, severity: LaunchFinding['severity'], word: Word, message: string): void {
    this.findings.push(findingAt(id, severity, word, message));
  }

  /** Programs that whoever writes into a project or a shared folder can replace. */
  #place(word: Word): void {
    if (
      /^(\.{1,2}[\\/]|\$\{?(workspaceFolder|workspaceRoot|PWD|CLAUDE_PROJECT_DIR))|^(?!@)(?![a-z]+:)[^\\/~$%{]+[\\/](?!.*@)/i.test(
        word.text,
      ) &&
      !/^[a-z]:/i.test(word.text)
    )
      this.#add(
        'workspace-program',
        'warning',
        word,
        'The program is taken from the working directory, where a project can put another.',
      );
    else if (/^(\/tmp|\/var\/tmp|\/dev\/shm|\/private\/tmp)\/|[\\/](Temp|Downloads)[\\/]|^%TEMP%/i.test(word.text))
      this.#add('shared-program', 'warning', word, 'The program lies in a folder that others write into.');
  }

  #env(words: readonly Word[]): readonly Word[] {
    const { options, rest } = readOptions(words, '-u --unset -C --chdir -S --split-string');
    const split = options.find((one) => /^(-S|--split-string)$/.test(one.name))?.value;
    return this.#assigned([...(split ? shellCommands(split).flatMap((command) => command.words) : []), ...rest]);
  }

  /** What follows the variables set in front of a command. */
  #assigned(words: readonly Word[]): readonly Word[] {
    const end = words.findIndex(({ text }) => !/^[A-Za-z_]\w*=/.test(text));
    const count = end < 0 ? words.length : end;
    for (const word of words.slice(0, count)) {
      const equals = word.text.indexOf('=');
      const value = {
        name: word.text.slice(0, equals),
        source: 'literal' as const,
        shown: word.text.slice(equals + 1),
      };
      this.findings.push(...variableFindings([value]).map((one) => findingAt(one.id, one.severity, word, one.message)));
    }
    return words.slice(count);
  }

  #shell(name: string, words: readonly Word[], depth: number): void {
    const flag = words.findIndex(({ text }) =>
      name === 'cmd'
        ? /^\/[ckr]$/i.test(text)
        : /^(power|pw)/.test(name)
          ? /^-(c|command|e|ec|enc\w*)$/i.test(text)
          : /^-[a-z]*c$/.test(text),
    );
    const script = words[flag + 1];
    if (flag < 0 || !script) {
      const file = readOptions(words, '-File -ExecutionPolicy -o').rest[0];
      if (file) this.launchers.push(name);
      if (file) this.#file(file);
      return;
    }
    if (/^-e/i.test(words[flag]?.text ?? '') && /^(power|pw)/.test(name)) {
      this.launchers.push(name);
      return this.#add(
        'encoded-run',
        'severe',
        script,
        'Encoded text is decoded and run, so that nobody can read it here.',
      );
    }
    if (name === 'cmd' && words.length > flag + 2) {
      this.launchers.push(name);
      this.#strayCommands(words.slice(flag + 1));
      return this.follow(words.slice(flag + 1), depth + 1);
    }
    this.#script(name, script, depth);
  }

  #script(name: string, script: Word, depth: number): void {
    this.launchers.push(name);
    const commands = shellCommands(script, name === 'cmd' ? '^' : /^(power|pw)/.test(name) ? '`' : '\\');
    this.findings.push(...scriptFindings(script, commands));
    const quoted = this.#quoted;
    this.#quoted = true;
    // The last one stays as the server; what comes before only prepares it.
    const ordered = commands.toSorted((a, b) => Number(b.joined === '$(') - Number(a.joined === '$('));
    for (const { words } of ordered) {
      const bare = this.#assigned(words);
      const before = this.launchers.length;
      this.package = null;
      this.follow(bare, depth + 1);
      if (words !== ordered.at(-1)?.words) this.launchers.length = before;
    }
    this.#quoted = quoted;
  }

  #container(name: string, words: readonly Word[]): void {
    const verb = readOptions(words, '-H --host --context --config -l').rest;
    const run = verb[0]?.text === 'container' ? verb.slice(1) : verb;
    if (!/^(run|create)$/.test(run[0]?.text ?? '')) return;
    this.launchers.push(name);
    const read = readOptions(run.slice(1), CONTAINER_VALUES);
    this.findings.push(...containerFindings(read));
    const [image, ...inside] = read.rest;
    if (!image) return;
    this.#package(imagePackage(image.text), image);
    if (inside[0] && SHELLS.test(programName(inside[0].text))) {
      const { program } = this;
      this.follow(inside, 1);
      this.program = program;
    }
  }

  #package(found: LaunchPackage, word: Word): void {
    this.package = found;
    this.packageWord = word;
    this.program = found.name;
    this.findings.push(...packageFindings(found, word));
  }

  /** Follows npx and its like; false when the program is none. */
  #packageRunner(name: string, words: readonly Word[], depth: number): boolean {
    const verb = words[0]?.text ?? '';
    const npm = 'npx bunx pnpx'.split(' ').includes(name)
      ? 0
      : /^(npm (exec|x)|(pnpm|yarn) dlx|pnpm exec|bun x)$/.test(`${name} ${verb}`)
        ? 1
        : -1;
    if (npm >= 0) {
      const read = readOptions(
        words.slice(npm),
        '-p --package --registry -c --call --cache --userconfig --prefix -w --workspace --loglevel -n --node-options',
      );
      this.launchers.push(npm ? `${name} ${verb}` : name);
      this.#npm(read, depth);
      return true;
    }
    const line = [name, ...words.slice(0, 2).map(({ text }) => text)].join(' ');
    const python = /^(uvx|uv tool run|uv run|pipx run)(?= |$)/.exec(line)?.[0];
    if (python === undefined) return false;
    const read = readOptions(words.slice(python.split(' ').length - 1), PYTHON_VALUES);
    this.launchers.push(python);
    this.#python(read, python === 'uv run', depth);
    return true;
  }

  #npm({ options, rest }: ReadOptions, depth: number): void {
    const value = (names: RegExp) => options.find((one) => names.test(one.name))?.value ?? null;
    const registry = value(/^--registry$/)?.text ?? null;
    const spec = value(/^(-p|--package)$/) ?? rest[0];
    const script = value(/^(-c|--call)$/);
    const node = value(/^(-n|--node-options)$/);
    if (node) {
      const variable = { name: 'NODE_OPTIONS', source: 'literal' as const, shown: node.text };
      for (const one of variableFindings([variable])) this.#add(one.id, one.severity, node, one.message);
    }
    if (spec) this.#package(npmPackage(spec.text, registry), spec);
    const [found, program] = [this.package, this.program];
    if (script) this.#script('sh', script, depth);
    this.#strayCommands(rest.slice(1));
    this.package = found;
    this.program = program;
  }

  #python({ options, rest }: ReadOptions, own: boolean, depth: number): void {
    const given = options.filter((one) =>
      /^(--index-url|-i|--default-index|--index|--extra-index-url)$/.test(one.name),
    );
    const registry = given[0]?.value?.text ?? null;
    for (const { name, value } of options)
      if (name === '--with' && value)
        this.findings.push(
          ...packageFindings(pypiPackage(value.text, registry), value).filter(({ id }) => id !== 'unpinned'),
        );
    if (own) return this.follow(rest, depth + 1);
    const spec = options.find((one) => /^(--from|--spec)$/.test(one.name))?.value ?? rest[0];
    if (spec) this.#package(pypiPackage(spec.text, registry), spec);
    this.#strayCommands(rest.slice(1));
  }

  #interpreter(name: string, words: readonly Word[], depth: number): void {
    const kind = INTERPRETERS.find((one) => one.name.test(name));
    if (!kind) return;
    const verb =
      /^(deno|bun)$/.test(name) && /^(run|serve|eval)$/.test(words[0]?.text ?? '') ? words[0]?.text : undefined;
    const { options, rest } = readOptions(verb ? words.slice(1) : words, kind.valued);
    const code = verb === 'eval' ? rest[0] : options.find((one) => kind.code.test(one.name))?.value;
    for (const { name: option, value } of options)
      if (value && /^(-r|--require|--import|--loader|--experimental-loader)$/.test(option) && name !== 'ruby')
        this.#place(value);
    const module = options.find((one) => one.name === '-m' && /^(python|pypy|py$)/.test(name))?.value;
    if (code) this.findings.push(...inlineCode(code));
    else if (module) {
      this.launchers.push(name);
      this.program = module.text;
    } else if (rest[0]) {
      this.launchers.push(name);
      this.#file(rest[0], depth);
    }
  }

  /** A script that an interpreter runs. */
  #file(word: Word, depth = 0): void {
    if (depth > DEEPEST) return;
    this.program = word.text;
    const npm = /^(npm|jsr):/.exec(word.text);
    if (npm) return this.#package(npmPackage(word.text.slice(npm[0].length), null), restOf(word, npm[0].length));
    if (/^http:/i.test(word.text))
      this.#add(
        'unencrypted-source',
        'severe',
        word,
        'Code is fetched over a connection that anyone on the way can change.',
      );
    else if (/^(https|data|blob):/i.test(word.text))
      this.#add('other-source', 'warning', word, 'The code that runs is fetched from this address.');
    else if (/^\.{1,2}[\\/]|^\/(tmp|dev\/shm|var\/tmp)\//.test(word.text)) this.#place(word);
  }

  /** Commands hidden in an argument: some clients start servers through a shell, which would run them. */
  #strayCommands(words: readonly Word[]): void {
    if (this.#quoted) return;
    for (const word of words) {
      if (!/[;|&`\n]|\$\(/.test(word.text)) continue;
      const commands = shellCommands(word);
      const bad = scriptFindings(word, commands).filter(({ severity }) => severity === 'severe');
      if (bad.length > 0) this.findings.push(...bad);
      else if (/^(\|\|?|&&?|;)$/.test(word.text))
        this.#add('shell-text', 'warning', word, 'This means something to a shell; no server needs it.');
    }
  }
}
