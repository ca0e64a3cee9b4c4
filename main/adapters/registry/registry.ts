/** Registries, spoken to in a process of their own: what it takes of memory goes with it, and it can be ended at any moment. */
import { type ChildProcess, fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Refused } from '../../contract/refusal.ts';
import type { PackageRegistry } from '../../services/packages/ports.ts';
import { makeOwnFolder } from '../system/folder.ts';
import type { Job, Word } from './messages.ts';

const PROGRAM = fileURLToPath(new URL('./registryMain.ts', import.meta.url));
const LOOK_MS = 120_000;
const INSTALL_MS = 300_000;
const CANCELLED = 'it was cancelled';

/** `folder` is below the state folder; npm's own cache lies in it. */
export function openRegistry(folder: string): PackageRegistry {
  makeOwnFolder(folder);
  const cache = `${folder}/cache`;
  return {
    async look(wanted, { program, tell, signal }) {
      const word = await inFolder((home) => run({ kind: 'look', wanted, program, home }, LOOK_MS, tell, signal));
      if (word.kind !== 'looked') throw new Refused('PACKAGE_UNAVAILABLE', 'the answer was none');
      return word.looked;
    },
    async install(installation) {
      await inFolder((home) => run({ kind: 'install', installation, cache, home }, INSTALL_MS, () => {}, null));
    },
  };

  /** An empty folder for one job, gone with it. */
  async function inFolder<T>(work: (home: string) => Promise<T>): Promise<T> {
    const home = await mkdtemp(`${folder}/job-`);
    try {
      return await work(home);
    } finally {
      await rm(home, { recursive: true, force: true });
    }
  }
}

/** One job in one process. Rejects with `Refused`. */
function run(
  job: Job,
  within: number,
  tell: (news: Extract<Word, { kind: 'progress' }>) => void,
  signal: AbortSignal | null,
): Promise<Word> {
  if (signal?.aborted) return Promise.reject(new Refused('PACKAGE_UNAVAILABLE', CANCELLED));
  const { NODE_OPTIONS, ...env } = process.env;
  const child = fork(PROGRAM, [], {
    env,
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    execArgv: ['--disable-sigusr1'],
    // A group of its own, so that nothing an install script left running outlives the job.
    detached: process.platform !== 'win32',
  });
  const last: string[] = [];
  child.stderr?.setEncoding('utf8').on('data', (text: string) => void last.splice(0, last.length, text.slice(-500)));
  return new Promise((resolve, reject) => {
    const settle = (act: () => void) => {
      clearTimeout(late);
      signal?.removeEventListener('abort', cancel);
      child.removeAllListeners('exit').once('exit', act);
      endGroup(child);
      if (child.exitCode !== null || child.signalCode !== null) act();
    };
    const fail = (detail: string) => settle(() => reject(new Refused('PACKAGE_UNAVAILABLE', detail)));
    const cancel = () => fail(CANCELLED);
    const late = setTimeout(() => fail(`no answer within ${within / 1000} seconds`), within);
    // Each time: a process that did not start has nobody to send to either.
    child.on('error', (error) => fail(error.message));
    signal?.addEventListener('abort', cancel, { once: true });
    child.on('message', (word: Word) => {
      if (word.kind === 'progress') tell(word);
      else if (word.kind === 'refused') settle(() => reject(new Refused(word.refusal.code, word.refusal.detail)));
      else settle(() => resolve(word));
    });
    child.once('exit', () => fail(`its process ended${last.length === 0 ? '' : `: ${last.join('').trim()}`}`));
    child.send(job);
  });
}

/** Ends the process with all it started; where it is gone already, what it left. */
function endGroup(child: ChildProcess): void {
  try {
    if (process.platform === 'win32' || child.pid === undefined) child.kill('SIGKILL');
    else process.kill(-child.pid, 'SIGKILL');
  } catch {
    // Nothing of it is left.
  }
}
