/** This process's line to its watchdog: when it breaks, the watchdog kills. */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { Refused } from '../../contract/refusal.ts';
import type { Member } from './members.ts';

/** How to start the watchdog's program; the run's prefix of marks is added as the last argument. */
export interface WatchdogCommand {
  readonly program: string;
  readonly args: readonly string[];
}

type WatchdogChild = ChildProcessByStdio<Writable, Readable, null>;

/** A watchdog, started anew whenever it is found dead. */
export class WatchdogLine {
  readonly #command: WatchdogCommand;
  readonly #run: string;
  readonly #told = new Map<number, string>();
  #child: Promise<WatchdogChild> | undefined;

  constructor(command: WatchdogCommand, run: string) {
    this.#command = command;
    this.#run = run;
  }

  /** Resolves once a watchdog watches. Throws `Refused('SPAWN_FAILED')` when none can be started: nothing may start unwatched. */
  async ready(): Promise<void> {
    this.#child ??= this.#start();
    try {
      await this.#child;
    } catch (error) {
      this.#child = undefined;
      throw new Refused('SPAWN_FAILED', `the watchdog does not start: ${(error as Error).message}`);
    }
  }

  /** Processes to kill even when they lose their mark. */
  tell(members: readonly Member[]): void {
    const news = members.filter(({ pid, startTime }) => this.#told.get(pid) !== startTime);
    for (const { pid, startTime } of news) this.#told.set(pid, startTime);
    void this.#child?.then((child) => write(child, news)).catch(() => {});
  }

  /** Lets the watchdog go: it ends when it finds nothing to kill. */
  async close(): Promise<void> {
    const child = await this.#child?.catch(() => undefined);
    this.#child = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.ref();
    child.stdin.end();
    await exited;
  }

  async #start(): Promise<WatchdogChild> {
    const { program, args } = this.#command;
    const child = spawn(program, [...args, this.#run], {
      stdio: ['pipe', 'pipe', 'ignore'],
      detached: true,
      windowsHide: true,
      env: {},
      cwd: '/',
    });
    child.stdin.on('error', () => {}); // its exit is what counts
    const lost = once(child, 'exit').then(([code]) => {
      throw new Error(`it ended with code ${code}`);
    });
    lost.catch(() => {});
    await Promise.race([once(child.stdout, 'data'), lost]);
    const started = performance.now();
    child.once('exit', () => {
      if (this.#child === undefined) return;
      this.#child = undefined;
      // One that cannot stay up is left to the next start, which then refuses.
      if (performance.now() - started > 1000) void this.ready().catch(() => {});
    });
    child.stdout.destroy();
    // It must not keep its master alive.
    child.unref();
    (child.stdin as Writable & { unref?: () => void }).unref?.();
    write(
      child,
      [...this.#told].map(([pid, startTime]) => ({ pid, startTime })),
    );
    return child;
  }
}

function write(child: WatchdogChild, members: readonly Member[]): void {
  if (members.length > 0) child.stdin.write(members.map(({ pid, startTime }) => `${pid} ${startTime}\n`).join(''));
}
