/** Following a command line from launcher to launcher, down to what runs in the end. */
import type { LaunchFinding } from '../../contract/launch.ts';
import type { LaunchPackage } from '../../contract/package.ts';
import { changeFolder, folderOption } from './folders.ts';
import { DEEPEST, isShellsOwn, RAISES, SHELLS, TOO_DEEP, WRAPPERS } from './launchers.ts';
import { readOptions } from './options.ts';
import { packageFindings } from './packageFindings.ts';
import { programFindings } from './programs.ts';
import { readContainer } from './readContainer.ts';
import { readHanded } from './readHanded.ts';
import { readPackageRunner } from './readPackage.ts';
import { place, readInterpreter } from './readProgram.ts';
import { readEvaluated, readShell } from './readShell.ts';
import { assigned, exported, readEnv, strayCommands } from './readWords.ts';
import { verbOf } from './verbs.ts';
import { findingAt, programName, type Word } from './word.ts';

/** What a line starts by way of another program: a program, a file with code, or a module that is looked for by name. */
export interface Start {
  readonly role: 'program' | 'script' | 'module';
  readonly word: Word;
  /** Folders that are gone into before, one after the other. */
  readonly folders: readonly string[];
  /** Where it would be looked for if a command before were not carried out as it stands. */
  readonly alternative?: true;
  /** Whether the line gave programs another PATH by then, so that nobody can tell where a bare name leads. */
  readonly ownPath: boolean;
}

/** Where what is read runs. */
export interface Here {
  /** Folders that were gone into, each below the one before unless it is absolute; and others where it may be that those were not. */
  readonly ways: readonly (readonly string[])[];
  /** The line sets a PATH of its own. */
  readonly ownPath: boolean;
  /** In a container or another system, where nothing of this machine is meant. */
  readonly elsewhere: boolean;
  /** A shell's own commands are carried out by it. */
  readonly inShell: boolean;
  /** Inside of a shell's script, where what is quoted is data. */
  readonly quoted: boolean;
}

/** A line that starts more than this is not followed further, nor one that comes to more commands. */
const MOST_STARTED = 100;
const MOST_FOLLOWED = 500;
/** Scripts inside of others that come to more than this, in code units, are not read: each may hold the next one twice. */
const MOST_NESTED = 50_000;
/** A line that may be in more places than this by now is not followed further. */
const MOST_WAYS = 8;

/** What was read so far; each kind of launcher adds to it and follows what it starts. */
export class Reading {
  /** Programs that only start another, outermost first. */
  readonly launchers: string[] = [];
  readonly findings: LaunchFinding[] = [];
  /** What was come to last. */
  program = '';
  /** What runs besides the first program, in the order in which it is come to. */
  readonly started: Start[] = [];
  #followed = 0;
  /** Code units of scripts inside of others. */
  #nested = 0;
  here: Here = { ways: [[]], ownPath: false, elsewhere: false, inShell: false, quoted: false };
  package: LaunchPackage | null = null;
  /** What names the package. */
  packageWord: Word | null = null;

  follow(words: readonly Word[], depth: number): void {
    const [first, ...rest] = words;
    if (!first) return;
    this.program = first.text;
    if (depth > DEEPEST || ++this.#followed > MOST_FOLLOWED) return this.add('too-deep', 'severe', first, TOO_DEEP);
    const name = programName(first.text);
    place(this, first);
    exported(this, words);
    const own = this.here.inShell && isShellsOwn(first.text);
    if (own) changeFolder(this, words);
    if (/^(source|\.)$/.test(name) && rest[0]) this.starts('script', rest[0]);
    if (depth > 0 && !own) this.starts('program', first);
    if (own && name === 'eval') return readEvaluated(this, rest, depth);
    if (own && name === 'trap') return this.aside(() => readEvaluated(this, rest.slice(0, 1), depth));
    const next = (more: readonly Word[]) => {
      if (more.length === 0) return;
      this.launchers.push(name);
      this.follow(more, depth + 1);
    };
    if (RAISES.test(name) && !this.here.elsewhere)
      this.add('more-rights', 'severe', first, 'The server gets the rights of an administrator.');
    if (name === 'env') return next(readEnv(this, rest));
    if (readHanded(this, name, rest, depth)) return this.report(programFindings(words));
    const wrapped = verbOf(name, rest);
    if (wrapped) {
      folderOption(this, wrapped.options, '-C');
      return next(wrapped.rest);
    }
    if (name === 'wsl') {
      this.add(
        'other-machine',
        'info',
        first,
        'The server runs in another system of this machine, where nothing is held or checked.',
      );
      this.here = { ...this.here, elsewhere: true };
    }
    const wrapper = WRAPPERS.get(name);
    // With these it only says what would be started.
    if (name === 'command' && /^-[vV]/.test(rest[0]?.text ?? '')) return;
    if (wrapper) {
      const { options, rest: own } = readOptions(rest, wrapper.valued, { shortened: true });
      folderOption(this, options, name === 'sudo' ? '-D' : null);
      return next(assigned(this, own.slice(wrapper.own)));
    }
    if (SHELLS.test(name)) return readShell(this, name, words, depth);
    if (/^(docker|podman|nerdctl|finch)$/.test(name)) return readContainer(this, name, rest);
    this.report(programFindings(words));
    if (readPackageRunner(this, name, rest, depth)) return;
    readInterpreter(this, name, words, depth);
    strayCommands(this, rest);
  }

  /** Reads what runs besides: what the line comes to, and where, stays as it is. */
  aside(read: () => void): void {
    const { program, package: found, packageWord, here } = this;
    const launchers = this.launchers.length;
    read();
    this.launchers.length = launchers;
    Object.assign(this, { program, package: found, packageWord, here });
  }

  /** What is read from now on runs in this folder. */
  enter(folder: Word): void {
    const { ways } = this.here;
    if (ways.length <= MOST_WAYS && ways.every(({ length }) => length < DEEPEST))
      this.here = { ...this.here, ways: ways.map((folders) => [...folders, folder.text]) };
    else this.add('too-deep', 'severe', folder, TOO_DEEP);
  }

  /** This word names what runs on this machine. */
  starts(role: Start['role'], word: Word): void {
    if (this.here.elsewhere) return;
    const { ways, ownPath } = this.here;
    for (const [index, folders] of ways.entries()) {
      const alternative = index > 0 && { alternative: true as const };
      if (this.started.length < MOST_STARTED) this.started.push({ role, word, folders, ownPath, ...alternative });
      else return this.add('too-deep', 'severe', word, TOO_DEEP);
    }
  }

  /** Whether a script is still to be read; one that is not is said to be. */
  reads(script: Word, depth: number): boolean {
    if (depth > 0) this.#nested += script.text.length;
    const read = this.#nested <= MOST_NESTED;
    if (!read) this.add('too-deep', 'severe', script, TOO_DEEP);
    return read;
  }

  report(findings: readonly LaunchFinding[]): void {
    // One by one: a hostile script makes more of them than a call can have arguments.
    for (const one of findings) this.findings.push(one);
  }

  add(id: string, severity: LaunchFinding['severity'], word: Word, message: string): void {
    this.findings.push(findingAt(id, severity, word, message));
  }

  /** This word names what is fetched and run. */
  setPackage(found: LaunchPackage, word: Word): void {
    this.package = found;
    this.packageWord = word;
    this.program = found.name;
    this.report(packageFindings(found, word));
  }
}
