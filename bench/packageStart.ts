import { execFile } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import type { Countersign } from './countersign.ts';
import { median } from './figures.ts';
import { openLinePeer } from './linePeer.ts';
import { initialize } from './peer.ts';
import { PROGRAMS } from './setting.ts';

const PACKAGE = '@modelcontextprotocol/server-everything@2026.8.31';

export interface PackageStart {
  readonly npx: number;
  readonly store: number;
}

/**
 * Milliseconds from start to the answer of `initialize`, medians of interleaved rounds: `npx -y` with everything in its
 * cache already, and the same package from Countersign's store, through relay and daemon. Null without a registry.
 */
export async function packageStart(countersign: Countersign, rounds: number): Promise<PackageStart | null> {
  const cli = npxFile();
  if (cli === null) return null;
  const direct = [cli, '-y', PACKAGE];
  try {
    await countersign.admitPackage('packaged', PACKAGE);
    // The first one fetches.
    await promisify(execFile)(process.execPath, [cli, '-y', '-p', PACKAGE, 'true'], { timeout: 120_000 });
  } catch {
    return null;
  }
  const npx: number[] = [];
  const store: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    npx.push(await answered(direct, process.env));
    store.push(await answered([PROGRAMS.relay, 'packaged'], countersign.env));
  }
  return { npx: median(npx), store: median(store) };
}

async function answered(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const began = performance.now();
  const peer = openLinePeer(args, env);
  await initialize(peer);
  const took = performance.now() - began;
  await peer.close();
  return took;
}

/** The script behind `npx` on the PATH; null where there is none for this Node. */
function npxFile(): string | null {
  const found = (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, 'npx'))
    .find(existsSync);
  const file = found && realpathSync(found);
  return file?.endsWith('.js') ? file : null;
}
