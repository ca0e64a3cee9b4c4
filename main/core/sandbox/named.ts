/** Which paths a configuration names: what it names is what its server is meant to work on. */
import { pathCandidates } from '../launch/scripts.ts';

export interface NamingEntry {
  readonly args: readonly string[];
  /** As written; a value with a reference to a secret names nothing. */
  readonly env: Readonly<Record<string, string>>;
}

/** Variables that say where programs and libraries lie, never what to work on. */
const SEARCHED =
  /^((LD|DYLD|XDG|NPM_CONFIG|UV|PIP)_\w*|(NODE_|PYTHON|CLASS|MAN|GO|PKG_CONFIG_)?PATH|PERL5LIB|RUBYLIB|\w*HOME|SHELL|TMPDIR|\w*_CERTS?(_(FILE|DIR))?)$/i;
const REFERENCE = '${';
const FILE_URL = /^((?:--?[\w-]+=)?)file:\/\/(?=\/)/;

/**
 * Absolute paths, and relative ones of the arguments that lead out of the working directory or clearly are paths, as
 * written; in variables several may stand in one value, separated as in a PATH.
 */
export function namedPaths({ args, env }: NamingEntry): string[] {
  const fromArgs = pathCandidates(args.map((argument) => argument.replace(FILE_URL, '$1')))
    .map(({ path }) => path)
    .filter((path) => path.startsWith('/') || /^\.{1,2}(\/|$)/.test(path));
  const fromEnv = Object.entries(env)
    .filter(([name, value]) => !value.includes(REFERENCE) && !SEARCHED.test(name))
    .flatMap(([, value]) => value.split(':'))
    .filter((path) => path.startsWith('/') && !path.startsWith('//') && !path.includes('\n'));
  return [...new Set([...fromArgs, ...fromEnv])];
}
