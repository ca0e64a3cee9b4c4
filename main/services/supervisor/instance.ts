/** One running process tree as its owner sees it. */
import type { InstanceInfo } from '../../contract/server.ts';
import {
  type InstanceEvent,
  type InstanceStanding,
  instanceStanding,
  STARTING,
} from '../../core/lifecycle/instance.ts';
import { exitReason } from './exitReason.ts';
import type { Instance, ProcessTree } from './ports.ts';
import { textLines } from './textLines.ts';

export interface InstanceParts {
  readonly id: string;
  readonly server: string;
  readonly session: string | null;
  readonly startedAt: string;
  readonly tree: ProcessTree;
  readonly log: (stream: 'stderr' | 'stdout' | 'lifecycle', text: string) => void;
  /** The standing moved; `entered` tells whether into another state. */
  readonly changed: (standing: InstanceStanding, entered: boolean) => void;
  /** Called once, after the last output; `asked` tells a stop from a crash. */
  readonly exited: (reason: string, asked: boolean) => void;
}

export function openInstance(parts: InstanceParts): Instance {
  const { tree } = parts;
  const exitListeners = new Set<(reason: string) => void>();
  let standing: InstanceStanding & { readonly stopping?: boolean } = STARTING;
  let exit: string | undefined;

  const move = (event: InstanceEvent) => {
    const next = instanceStanding(standing, event);
    if (next === standing) return;
    const entered = next.state !== standing.state;
    standing = next;
    parts.changed(standing, entered);
  };

  const stderr = textLines((text) => parts.log('stderr', text));
  tree.onErrorOutput(stderr.push);
  void tree.ended.then((end) => {
    stderr.end();
    const asked = standing.stopping === true;
    const why = exitReason(end);
    move({ kind: 'exited', reason: why });
    exit = asked ? (standing.reason ?? why) : why;
    parts.exited(why, asked);
    for (const listener of exitListeners) listener(exit);
  });

  return {
    id: parts.id,
    server: parts.server,
    info: (): InstanceInfo => ({
      id: parts.id,
      server: parts.server,
      pid: exit === undefined ? tree.pid : null,
      state: standing.state,
      reason: standing.reason,
      session: parts.session,
      startedAt: parts.startedAt,
    }),
    write: tree.write,
    onDrain: tree.onDrain,
    onOutput: tree.onOutput,
    pause: tree.pause,
    resume: tree.resume,
    onExit(listener) {
      const reason = exit;
      if (reason === undefined) exitListeners.add(listener);
      else queueMicrotask(() => listener(reason));
    },
    markReady: () => move({ kind: 'answered' }),
    log: parts.log,
    async stop(reason) {
      move({ kind: 'stopping', reason });
      await tree.stop();
    },
  };
}
