/** One child with its pipes, as a process tree that can only be ended whole. */
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { ProcessEnd, ProcessTree } from '../../services/supervisor/ports.ts';
import { gathered } from '../socket/gathered.ts';
import type { Started, TreeHold } from './hold.ts';

/** Milliseconds between closing stdin, SIGTERM and SIGKILL. */
export interface StopGraces {
  readonly stdinMs: number;
  readonly termMs: number;
}

export const STOP_GRACES: StopGraces = { stdinMs: 400, termMs: 700 };

/** Output that a process in the kernel still holds open is given up after this. */
const LAST_OUTPUT_MS = 300;

export function processTree(
  child: ChildProcessWithoutNullStreams,
  tree: Started,
  hold: TreeHold,
  graces: StopGraces,
): ProcessTree {
  const exited = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
  const closed = once(child, 'close');
  child.stdin.on('error', () => {}); // the exit tells why
  const write = gathered(child.stdin);
  const output = keptUntilHeard(child.stdout);
  const errorOutput = keptUntilHeard(child.stderr);

  const ended = exited.then(async ([code, signal]): Promise<ProcessEnd> => {
    // The first process is the server: what it leaves behind has no owner.
    const survivors = await hold.kill(tree);
    await lastOutput(survivors);
    return { code, signal, survivors };
  });
  const lastOutput = async (survivors: number) => {
    while (survivors === 0) {
      if ((await Promise.race([closed, delay(LAST_OUTPUT_MS, 'late')])) !== 'late') return;
      // An owner that holds the output back still wants the rest of it; one that stops does not.
      if (stopping !== undefined || !child.stdout.isPaused()) break;
    }
    child.stdout.destroy();
    child.stderr.destroy();
  };
  const exitedWithin = async (ms: number) => {
    const timer = new AbortController();
    const late = delay(ms, false, { signal: timer.signal }).catch(() => false);
    const done = await Promise.race([exited.then(() => true), late]);
    timer.abort();
    return done;
  };
  let stopping: Promise<ProcessEnd> | undefined;

  return {
    pid: tree.pid,
    write: (bytes) => !child.stdin.writable || write(bytes),
    onDrain: (listener) => child.stdin.on('drain', listener),
    onOutput: output,
    onErrorOutput: errorOutput,
    pause: () => child.stdout.pause(),
    resume: () => child.stdout.resume(),
    ended,
    stop() {
      stopping ??= (async () => {
        child.stdin.end();
        if (!(await exitedWithin(graces.stdinMs))) {
          hold.terminate(tree);
          if (!(await exitedWithin(graces.termMs))) await hold.kill(tree);
        }
        return ended;
      })();
      return stopping;
    },
  };
}

/** Takes one listener; chunks that come before it are handed over when it does. */
function keptUntilHeard(stream: NodeJS.ReadableStream): (listener: (chunk: Uint8Array) => void) => void {
  const early: Uint8Array[] = [];
  let hear: (chunk: Uint8Array) => void = (chunk) => early.push(chunk);
  stream.on('data', (chunk: Buffer) => hear(chunk));
  stream.on('error', () => {});
  stream.pause();
  return (listener) => {
    hear = listener;
    for (const chunk of early.splice(0)) listener(chunk);
    stream.resume();
  };
}
