import { spawn } from 'node:child_process';
import type { Duplex } from 'node:stream';
import { NODE_ARGS } from '../../adapters/process/nodeArgs.ts';

/** A running daemon and the two doors only this process holds. */
export interface DaemonProcess {
  readonly pid: number;
  /** Descriptor 3: everything but approving. */
  readonly app: Duplex;
  /** Descriptor 4: approving. */
  readonly approval: Duplex;
  /** Resolves when it has ended, with a sentence that holds the last line of its stderr. */
  readonly ended: Promise<string>;
  /** SIGTERM, and SIGKILL after `graceMs`. Resolves when it has ended. */
  stop(graceMs: number): Promise<void>;
}

/** What could make Node run other code than ours, or open a debugger (SECURITY.md rule 5). */
const FOREIGN = /^(NODE_OPTIONS|NODE_REPL_EXTERNAL_MODULE|NODE_V8_COVERAGE|ELECTRON_.*|LD_PRELOAD|DYLD_.*)$/;

/** Starts the daemon on Node 24 with its doors as inherited pipes. Rejects when the system does not start it. */
export async function startDaemon(node: string, bundle: string, env: NodeJS.ProcessEnv): Promise<DaemonProcess> {
  const clean = Object.fromEntries(Object.entries(env).filter(([name]) => !FOREIGN.test(name)));
  const child = spawn(node, [...NODE_ARGS, bundle, '--app'], {
    env: clean,
    stdio: ['ignore', 'inherit', 'pipe', 'pipe', 'pipe'],
    windowsHide: true,
  });
  let last = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    process.stderr.write(text);
    last = text.trim().split('\n').at(-1) || last;
  });
  const ended = new Promise<string>((resolve) => {
    child.once('exit', (code, signal) => {
      const how = signal === null ? `with exit code ${code}` : `by ${signal}`;
      resolve(last === '' ? `It ended ${how}.` : `It ended ${how}: ${last}`);
    });
  });
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', reject);
  });
  const [app, approval] = [child.stdio[3] as Duplex, child.stdio[4] as Duplex];
  // A door breaks when the daemon dies; `ended` tells of that.
  for (const door of [app, approval]) door.on('error', () => {});
  return {
    pid: child.pid as number,
    app,
    approval,
    ended,
    async stop(graceMs) {
      child.kill('SIGTERM');
      const killing = setTimeout(() => child.kill('SIGKILL'), graceMs);
      await ended;
      clearTimeout(killing);
    },
  };
}
