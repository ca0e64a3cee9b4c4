/** Following a command line from launcher to launcher, down to what runs in the end. */
import type { LaunchFinding } from '../../contract/launch.ts';
import type { LaunchPackage } from '../../contract/package.ts';
import { DEEPEST, isShellsOwn, RAISES, SHELLS, TOO_DEEP, WRAPPERS, WRAPPING_VERBS } from './launchers.ts';
import { readOptions } from './options.ts';
import { packageFindings } from './packageFindings.ts';
import { programFindings } from './programs.ts';
import { readContainer } from './readContainer.ts';
import { readPackageRunner } from './readPackage.ts';
import { place, readInterpreter } from './readProgram.ts';
import { readScript, readShell } from './readShell.ts';
import { assigned, exported, readEnv, strayCommands } from './readWords.ts';
import { findingAt, programName, type Word } from './word.ts';

/** What a line starts by way of another program: a program, a file with code, or a module that is looked for by name. */
export interface Start {
  readonly role: 'program' | 'script' | 'module';
  readonly word: Word;
  /** Folders that are gone into before, one after the other. */
  readonly folders: readonly string[];
  /** Whether the line gave programs another PATH by then, so that nobody can tell where a bare name leads. */
  readonly ownPath: boolean;
}

/** A line that starts more than this is not followed further. */
const MOST_STARTED = 100;

/** What was read so far; each kind of launcher adds to it and follows what it starts. */
export class Reading {
  /** Programs that only start another, outermost first. */
  readonly launchers: string[] = [];
  readonly findings: LaunchFinding[] = [];
  /** What was come to last. */
  program = '';
  /** What runs besides the first program, in the order in which it is come to. */
  readonly started: Start[] = [];
  /** Folders that what is read now runs in, each below the one before unless it is absolute. */
  folders: readonly string[] = [];
  /** The line sets a PATH of its own. */
  ownPath = false;
  /** What is read now runs in a container, where nothing of this machine is meant. */
  elsewhere = false;
  /** Inside of a shell's script what is quoted is data. */
  quoted = false;
  package: LaunchPackage | null = null;
  /** What names the package. */
  packageWord: Word | null = null;

  follow(words: readonly Word[], depth: number): void {
    const [first, ...rest] = words;
    if (!first) return;
    this.program = first.text;
    if (depth > DEEPEST) return this.add('too-deep', 'severe', first, TOO_DEEP);
    const name = programName(first.text);
    place(this, first);
    exported(this, words);
    if (this.quoted && name === 'cd' && rest[0]) this.enter(rest[0]);
    if (/^(source|\.)$/.test(name) && rest[0]) this.starts('script', rest[0]);
    if (depth > 0 && !(this.quoted && isShellsOwn(name))) this.starts('program', first);
    const next = (more: readonly Word[]) => {
      if (more.length === 0) return;
      this.launchers.push(name);
      this.follow(more, depth + 1);
    };
    if (RAISES.test(name) && !this.elsewhere)
      this.add('more-rights', 'severe', first, 'The server gets the rights of an administrator.');
    if (name === 'env') return next(readEnv(this, rest));
    const wrapper = Object.hasOwn(WRAPPERS, name) ? WRAPPERS[name] : undefined;
    const verb = `${name} ${rest[0]?.text ?? ''}`;
    const wrapping = Object.hasOwn(WRAPPING_VERBS, verb) ? WRAPPING_VERBS[verb] : undefined;
    if (wrapping) {
      // Where `--` stands, what is before it is the wrapper's own, tools and environments included.
      const dashes = rest.findIndex(({ text }) => text === '--');
      const own = readOptions(rest.slice(1), wrapping.valued).rest.slice(wrapping.own);
      return next(dashes < 0 ? own : rest.slice(dashes + 1));
    }
    if (name === 'wsl') {
      this.add(
        'other-machine',
        'info',
        first,
        'The server runs in another system of this machine, where nothing is held or checked.',
      );
      this.elsewhere = true;
    }
    if (wrapper) return next(assigned(this, readOptions(rest, wrapper.valued).rest.slice(wrapper.own)));
    if (name === 'su') {
      const script = readOptions(rest, '-c --command -s').options.find((one) =>
        /^(-c|--command)$/.test(one.name),
      )?.value;
      if (script) readScript(this, 'sh', script, depth);
      return;
    }
    if (SHELLS.test(name)) return readShell(this, name, rest, depth);
    if (/^(docker|podman|nerdctl|finch)$/.test(name)) return readContainer(this, name, rest);
    this.report(programFindings(words));
    if (readPackageRunner(this, name, rest, depth)) return;
    readInterpreter(this, name, rest, depth);
    strayCommands(this, rest);
  }

  /** What is read from now on runs in this folder. */
  enter(folder: Word): void {
    if (this.folders.length < DEEPEST) this.folders = [...this.folders, folder.text];
    else this.add('too-deep', 'severe', folder, TOO_DEEP);
  }

  /** This word names what runs on this machine. */
  starts(role: Start['role'], word: Word): void {
    if (this.elsewhere) return;
    if (this.started.length < MOST_STARTED)
      this.started.push({ role, word, folders: this.folders, ownPath: this.ownPath });
    else this.add('too-deep', 'severe', word, TOO_DEEP);
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
