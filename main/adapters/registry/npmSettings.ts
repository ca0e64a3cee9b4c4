/// <reference path="./npmcliConfig.d.ts" />
/** How this person's npm reaches its registry. */
import { join } from 'node:path';
import Config from '@npmcli/config';
import definitions from '@npmcli/config/lib/definitions/index.js';

/** npm's options as its own libraries take them (registry, credentials, proxy, certificates). */
export type NpmOptions = Record<string, unknown> & { readonly registry: string };

/**
 * Reads the person's and the machine's npmrc and the environment, as npm does. Nothing of a working directory takes
 * part (SECURITY.md rule 7): `home` is an empty folder, and npm passes projects over in global mode. `registry`
 * replaces the one that is configured.
 */
export async function npmSettings(home: string, cache: string, registry: string | null): Promise<NpmOptions> {
  const config = new Config({
    ...definitions,
    npmPath: join(home, 'npm'),
    argv: ['node', 'npm', '--global', ...(registry === null ? [] : ['--registry', registry])],
    env: process.env,
    execPath: process.execPath,
    platform: process.platform,
    cwd: home,
    warn: false,
  });
  await config.load();
  return {
    ...config.flat,
    cache,
    tufCache: join(cache, 'tuf'),
    global: false,
    location: 'project',
    before: null,
    audit: false,
    fund: false,
    ignoreScripts: true,
    omitLockfileRegistryResolved: false,
    lockfileVersion: 3,
    packageLock: true,
    save: true,
    timeout: 20_000,
    retry: { retries: 1, minTimeout: 500, maxTimeout: 1000, factor: 1 },
    replaceRegistryHost: 'never',
  } as unknown as NpmOptions;
}
