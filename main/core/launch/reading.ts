/** Following a command line from launcher to launcher, down to what runs in the end. */
import type { LaunchFinding } from '../../contract/launch.ts';
import type { LaunchPackage } from '../../contract/package.ts';
import { DEEPEST, RAISES, SHELLS, WRAPPERS, WRAPPING_VERBS } from './launchers.ts';
import { readOptions } from './options.ts';
import { packageFindings } from './packageFindings.ts';
import { programFindings } from './programs.ts';
import { readContainer, readPackageRunner } from './readPackage.ts';
import { place, readInterpreter } from './readProgram.ts';
import { readScript, readShell } from './readShell.ts';
import { assigned, readEnv, strayCommands } from './readWords.ts';
import { findingAt, programName, type Word } from './word.ts';

/** What was read so far; each kind of launcher adds to it and follows what it starts. */
export class Reading {
  /** Programs that only start another, outermost first. */
  readonly launchers: string[] = [];
  readonly findings: LaunchFinding[] = [];
  /** What was come to last. */
  program = '';
  /** Inside of a shell's script what is quoted is data. */
  quoted = false;
  package: LaunchPackage | null = null;
  /** What names the package. */
  packageWord: Word | null = null;

  follow(words: readonly Word[], depth: number): void {
    const [first, ...rest] = words;
    if (!first || depth > DEEPEST) return;
    this.program = first.text;
    const name = programName(first.text);
    place(this, first);
    const next = (more: readonly Word[]) => {
      if (more.length === 0) return;
      this.launchers.push(name);
      this.follow(more, depth + 1);
    };
    if (RAISES.test(name)) this.add('more-rights', 'severe', first, 'The server gets the rights of an administrator.');
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
    this.findings.push(...programFindings(words));
    if (readPackageRunner(this, name, rest, depth)) return;
    readInterpreter(this, name, rest, depth);
    strayCommands(this, rest);
  }

  add(id: string, severity: LaunchFinding['severity'], word: Word, message: string): void {
    this.findings.push(findingAt(id, severity, word, message));
  }

  /** This word names what is fetched and run. */
  setPackage(found: LaunchPackage, word: Word): void {
    this.package = found;
    this.packageWord = word;
    this.program = found.name;
    this.findings.push(...packageFindings(found, word));
  }
}
