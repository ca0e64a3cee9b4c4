import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import { NODE_ARGS } from '../../../adapters/process/nodeArgs.ts';
import { openApi } from '../../../adapters/socket/rpc.ts';
import { bundleFile } from '../bundle.ts';
import type { Client } from '../shell.ts';

/** The demo's own daemon, in a folder of its own, with the two pipes that the desktop app would hold. */
export interface DemoDaemon {
  readonly app: Client;
  readonly approval: Client;
  /** Asks it to stop and resolves when it has ended; SIGKILL after five seconds. */
  stop(): Promise<void>;
}

/** Milliseconds after which a daemon that does not end is killed. */
const GRACE_MS = 5000;
/** What leads to the person's own keychain and desktop: a demo leaves both alone and seals a vault instead. */
const DESKTOP = ['DBUS_SESSION_BUS_ADDRESS', 'XDG_RUNTIME_DIR', 'DISPLAY', 'WAYLAND_DISPLAY', 'NODE_OPTIONS'];

/** Starts the real daemon with `home` as its `COUNTERSIGN_HOME`. */
export function startDemoDaemon(home: string): DemoDaemon {
  const env: NodeJS.ProcessEnv = { ...process.env, COUNTERSIGN_HOME: home };
  for (const name of DESKTOP) delete env[name];
  const child = spawn(process.execPath, [...NODE_ARGS, bundleFile('daemon'), '--app'], {
    env,
    stdio: ['ignore', 'ignore', 'inherit', 'pipe', 'pipe'],
  });
  const ended = once(child, 'exit');
  const app = openApi(child.stdio[3] as Duplex);
  const approval = openApi(child.stdio[4] as Duplex);
  return {
    app: app.api,
    approval: approval.api,
    async stop() {
      child.kill('SIGTERM');
      app.close();
      approval.close();
      const killing = setTimeout(() => child.kill('SIGKILL'), GRACE_MS);
      await ended;
      clearTimeout(killing);
    },
  };
}
