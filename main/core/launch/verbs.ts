/** Programs that start another one behind a verb: version managers, environments, vaults of secrets. */
import { type Wrapper, wrapper } from './launchers.ts';
import { type ReadOptions, readOptions } from './options.ts';
import type { Word } from './word.ts';

const VERBS: ReadonlyMap<string, Wrapper> = new Map([
  wrapper('mise exec', '-C --cd -j --jobs -E --env'),
  wrapper('mise x', '-C --cd -j --jobs -E --env'),
  wrapper('asdf exec'),
  wrapper('direnv exec', '', 1),
  wrapper('volta run', '--node --npm'),
  wrapper('fnm exec', '--using'),
  wrapper('nvm exec', '', 1),
  wrapper('conda run', '-n --name -p --prefix --cwd'),
  wrapper('mamba run', '-n --name -p --prefix --cwd'),
  wrapper('poetry run', '-C --directory -P --project'),
  wrapper('pipenv run'),
  wrapper('pdm run', '-p --project'),
  wrapper('hatch run', '-e --env'),
  wrapper('rye run'),
  wrapper('bundle exec'),
  wrapper('op run', '--env-file --account'),
  wrapper('doppler run', '-p --project -c --config'),
  wrapper('infisical run', '--env --path --projectId'),
  wrapper('chamber exec'),
  wrapper('teller run', '-c --config'),
  wrapper('pixi run', '--manifest-path -e --environment'),
  wrapper('devbox run', '-c --config -e --env --env-file'),
  wrapper('aws-vault exec', '-d --duration', 1),
  wrapper('dotenvx run', '-f --env-file'),
  wrapper('dotenv run', '-f --file'),
]);

/** Its own options, before the verb and after, and what it starts; null for any other program or verb. */
export function verbOf(name: string, words: readonly Word[]): ReadOptions | null {
  for (const [verb, { valued, own }] of VERBS) {
    if (!verb.startsWith(`${name} `)) continue;
    const before = readOptions(words, valued);
    if (verb !== `${name} ${before.rest[0]?.text}`) continue;
    const after = readOptions(before.rest.slice(1), valued);
    // Where `--` stands, what is before it is the wrapper's own, tools and environments included.
    const dashes = before.rest.findIndex(({ text }) => text === '--');
    const rest = dashes < 0 ? after.rest.slice(own) : before.rest.slice(dashes + 1);
    return { options: [...before.options, ...after.options], rest };
  }
  return null;
}
