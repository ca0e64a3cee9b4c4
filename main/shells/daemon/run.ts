import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { freeSpace } from '../../adapters/files/freeSpace.ts';
import { accountName } from '../../adapters/system/account.ts';
import { systemClock } from '../../adapters/system/clock.ts';
import { makeOwnFolder } from '../../adapters/system/folder.ts';
import { foldersFor } from '../../adapters/system/paths.ts';
import { Refused } from '../../contract/refusal.ts';
import { DiskGuard } from '../../services/audit/diskGuard.ts';
import type { WebShell } from '../web/webShell.ts';
import { openAppDoors } from './doors.ts';
import { Host } from './host.ts';
import { endIdle } from './idle.ts';
import { openKeystore } from './keys.ts';
import { openDaemonLog } from './log.ts';
import { Peers } from './peers.ts';
import { productFiles } from './productFiles.ts';
import { checkStartedByApp } from './startedByApp.ts';
import { VERSION } from './version.ts';

export interface RunOptions {
  readonly app: boolean;
  readonly port: number;
  /** Headless: another passcode is chosen before any session. */
  readonly newPasscode: boolean;
}

/** Runs the daemon until it is stopped; resolves with the exit code. */
export async function runDaemon({ app, port, newPasscode }: RunOptions): Promise<number> {
  const product = productFiles();
  const folders = foldersFor(process.env, process.platform, product.packaged);
  const print = (line: string) => void process.stdout.write(`${line}\n`);
  // Whoever read what it prints may have gone, such as `head` or a terminal that was closed: no reason to end.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  const ended = Promise.withResolvers<number>();
  try {
    if (app && product.app !== null) await checkStartedByApp(product.app);
    for (const folder of [
      folders.config,
      join(folders.config, 'organisation'),
      join(folders.config, 'policies'),
      join(folders.config, 'servers'),
      folders.state,
      folders.logs,
      folders.runtime,
    ]) {
      makeOwnFolder(folder);
    }
    const log = openDaemonLog(folders.logs);
    const peers = new Peers(folders);
    await peers.listen();
    let web: WebShell | null = null;
    const clock = systemClock();
    const ownHome = !product.packaged && process.env.COUNTERSIGN_HOME !== undefined;
    const host = new Host({
      folders,
      product,
      clock,
      disk: new DiskGuard(freeSpace(folders.state), clock),
      person: accountName(),
      version: VERSION,
      chosen: await openKeystore(folders, ownHome),
      findKeystore: () => openKeystore(folders, ownHome),
      fault: log.fault,
      opened: (core) => peers.admit(core),
      ended: () => void Promise.all([peers.close(), web?.close()]).finally(() => ended.resolve(0)),
    });
    peers.serve(host);
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
      process.on(signal, () => void host.stop(`ended by ${signal}`));
    }
    // A file that may not grow (setrlimit(2), RLIMIT_FSIZE) is an error to refuse calls for, not the end of the daemon.
    process.on('SIGXFSZ', () => {});
    process.on('unhandledRejection', log.fault);
    process.on('uncaughtException', (error) => {
      // What state this leaves is unknown: nothing governed may go on.
      log.fault(error);
      void host.stop('a fault of its own').finally(() => process.exit(70));
    });
    if (app) {
      openAppDoors(host, () => endIdle(host));
      if (host.keystore().state === 'ready') await host.open();
    } else {
      // The browser shell's libraries take as much memory as many servers: only a daemon without an app has them.
      const { runHeadless } = await import('./headless.ts');
      web = await runHeadless({ host, product, clock, port, newPasscode, print });
      if (process.stdin.isTTY) {
        const lines = createInterface({ input: process.stdin });
        lines.on('line', () => web && print(`  ${web.link()}`));
      }
    }
    return await ended.promise;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
}
