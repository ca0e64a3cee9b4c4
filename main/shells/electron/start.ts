/** `npm start`: the desktop app where there can be one, otherwise the same interface in the browser, and why. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { findElectron } from './runtime.ts';

/** An app that fails this soon, in milliseconds, never showed its window. */
const EARLY = 15_000;

const project = join(import.meta.dirname, '..', '..', '..');
const reason = obstacle() ?? (await openApp());
if (reason !== null) await openInBrowser(reason);

/** What stands against a window here; null when nothing does. */
function obstacle(): string | null {
  if (process.platform !== 'linux') return null;
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  if (!DISPLAY && !WAYLAND_DISPLAY) return 'there is no display';
  if (process.getuid?.() === 0) return 'the sandbox that keeps windows apart does not run as root';
  return null;
}

/** Runs the app to its end; resolves with null, or with why it could not be opened. */
async function openApp(): Promise<string | null> {
  const electron = findElectron(project, process.env) ?? download();
  if (electron === null) return 'Electron could not be downloaded';
  const started = performance.now();
  const child = spawn(electron, [project], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
  try {
    const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
    const early = performance.now() - started < EARLY;
    if (code === 0 || !early) return null;
    return `the desktop app did not start (${signal ?? `exit code ${code}`})`;
  } catch (error) {
    return `Electron does not run (${error instanceof Error ? error.message : error})`;
  }
}

/** Lets the electron package fetch its runtime, as it does on its own first start. */
function download(): string | null {
  console.log('Fetching Electron, once…');
  spawnSync(process.execPath, [join(project, 'node_modules', 'electron', 'install.js')], {
    stdio: 'inherit',
    timeout: 180_000,
  });
  return findElectron(project, process.env);
}

async function openInBrowser(why: string): Promise<void> {
  console.log(`No desktop window: ${why}. Countersign opens in the browser instead; its link follows.`);
  const child = spawn(process.execPath, [join(project, 'main', 'shells', 'cli', 'bin.cjs'), 'daemon'], {
    stdio: 'inherit',
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.removeAllListeners(signal);
    process.on(signal, () => child.kill(signal));
  }
  const [code] = (await once(child, 'exit')) as [number | null];
  process.exitCode = code ?? 1;
}
