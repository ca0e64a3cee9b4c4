/** Which arguments name files whose content is part of what runs (SECURITY.md rule 7). */
import { isInterpreter } from './launchers.ts';
import { programName } from './word.ts';

/** A place in the arguments that could name a file. */
export interface PathCandidate {
  /** Index into the arguments. */
  readonly index: number;
  /** The path as written, without an option's `--name=`. */
  readonly path: string;
}

/** What the file system says of a candidate that is a regular file. */
export interface CandidateFile {
  readonly executable: boolean;
  /** Starts with `#!`. */
  readonly shebang: boolean;
}

const CODE =
  /\.(c|m)?(j|t)sx?$|\.(pyz?|pyc|rb|pl|pm|php|phar|lua|sh|bash|zsh|fish|ksh|ps1|psm1|cmd|bat|exe|com|jar|war|class|wasm|so|dylib|dll|node)$/i;

/** Arguments, and values of `--option=value`, that could be paths; web addresses and plain options are not. */
export function pathCandidates(args: readonly string[]): PathCandidate[] {
  return args.flatMap((argument, index) => {
    const path = argument.startsWith('-') ? optionValue(argument) : argument;
    return path === null || path === '' || path.includes('\0') || /^[a-z][a-z0-9+.-]+:\/\//i.test(path)
      ? []
      : [{ index, path }];
  });
}

function optionValue(argument: string): string | null {
  const equals = argument.indexOf('=');
  return equals < 0 ? null : argument.slice(equals + 1);
}

/**
 * Whether an existing file among the arguments is code: by its name, by being executable, or by being the first plain
 * argument of an interpreter. Data files (a database, a log) are left out, because they change in ordinary use.
 */
export function isCode(
  program: string,
  args: readonly string[],
  candidate: PathCandidate,
  file: CandidateFile,
): boolean {
  if (file.executable || file.shebang || CODE.test(candidate.path)) return true;
  const name = programName(program);
  return (
    (isInterpreter(name) || name === 'java') &&
    candidate.index === args.findIndex((argument) => !argument.startsWith('-'))
  );
}
