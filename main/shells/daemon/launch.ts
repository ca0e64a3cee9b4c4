import { homedir } from 'node:os';
import { join } from 'node:path';
import { logFiles } from '../../adapters/files/logFiles.ts';
import { ownPlaces } from '../../adapters/files/ownPlaces.ts';
import { programFiles } from '../../adapters/files/programFiles.ts';
import { realPath } from '../../adapters/files/realPath.ts';
import { serversText as serversSyntax } from '../../adapters/files/serversText.ts';
import { watchedText } from '../../adapters/files/watchedText.ts';
import { commandOutput } from '../../adapters/process/commandOutput.ts';
import { openProcesses } from '../../adapters/process/processes.ts';
import { watchdogCommand } from '../../adapters/process/watchdogCommand.ts';
import { packageFolders } from '../../adapters/registry/packageFolders.ts';
import { openRegistry } from '../../adapters/registry/registry.ts';
import { newId } from '../../adapters/system/ids.ts';
import type { Folders } from '../../adapters/system/paths.ts';
import type { Settings } from '../../contract/settings.ts';
import type { Masker } from '../../core/egress/masker.ts';
import type { SecretValues } from '../../services/audit/ports.ts';
import { Shelf } from '../../services/clients/shelf.ts';
import type { Clock } from '../../services/clock.ts';
import { openLaunchDesk } from '../../services/launch/desk.ts';
import { openServersConfig } from '../../services/launch/serversConfig.ts';
import { Packages } from '../../services/packages/packages.ts';
import { openSandbox } from '../../services/sandbox/sandbox.ts';
import { openSupervisor } from '../../services/supervisor/supervisor.ts';
import { openHelperDesk } from '../../services/vault/helperDesk.ts';
import type { DeviceKeys, Keystore } from '../../services/vault/ports.ts';
import { openSecrets } from '../../services/vault/secrets.ts';
import { serversThatName } from './basis.ts';
import { sha256 } from './digests.ts';
import type { Ledger } from './ledger.ts';

export interface LaunchParts {
  readonly folders: Folders;
  readonly clock: Clock;
  readonly ledger: Ledger;
  readonly keys: DeviceKeys;
  readonly keystore: Keystore;
  readonly secretValues: SecretValues;
  readonly masker: () => Masker;
  readonly reminders: () => Settings['reminders'];
  /** Takes what has to be closed, each after what uses it. */
  readonly opened: AsyncDisposableStack;
  /** Why everything is being closed. */
  readonly reason: () => string;
}

export type LaunchPart = Awaited<ReturnType<typeof composeLaunch>>;

/** What starts servers: their configuration, their secrets and packages, the sandbox and the processes. Rejects with `Refused`. */
export async function composeLaunch({
  folders,
  clock,
  ledger,
  keys,
  keystore,
  secretValues,
  masker,
  reminders,
  opened,
  reason,
}: LaunchParts) {
  const { writer: audit, reader, sealed: rows } = ledger;
  const logs = logFiles(folders.logs);
  opened.defer(() => logs.flush());
  const processes = await openProcesses({ stateFolder: folders.state, watchdog: watchdogCommand() });
  opened.defer(() => processes.close());
  const supervisor = openSupervisor({
    processes,
    audit,
    clock,
    newId,
    random: Math.random,
    secretValues,
    logFiles: logs,
  });
  opened.defer(() => supervisor.stopAll(reason()));

  const serversText = await watchedText(join(folders.config, 'servers.json'));
  opened.defer(() => serversText.close());
  const config = await openServersConfig({
    file: serversText,
    syntax: serversSyntax,
    sealed: rows,
    keys,
    audit,
    history: reader,
  });
  opened.defer(() => config.close());
  const work = join(folders.state, 'work');
  const places = await ownPlaces(folders, work);
  const files = programFiles(work);
  const sandbox = openSandbox({
    enforced: processes.confines,
    home: (await realPath(homedir())) ?? homedir(),
    own: places.own,
    work: (await realPath(work)) ?? work,
    realPath,
    isProgram: async (path) => (await files.file(path, '/'))?.executable ?? false,
  });
  /** What looking at a launch takes, a server's or a helper command's. */
  const looking = {
    files,
    sandbox,
    environment: process.env,
    platform: process.platform,
    isolation: processes.isolation,
    keys,
    masker,
    sha256,
  };
  const helpers = openHelperDesk({ ...looking, run: commandOutput() });
  const shelf = new Shelf({ rows });
  const secrets = await openSecrets({
    keystore,
    keys,
    rows,
    helpers,
    clock,
    usedBy: (secret) => serversThatName(config.entries(), secret),
    putsBack: () => shelf.putBackWith(),
    runs: (server) => supervisor.instances(server).length > 0,
    reminders,
  });
  const packagesFolder = join(folders.state, 'packages');
  const packages = new Packages({
    registry: openRegistry(packagesFolder),
    folders: await packageFolders(packagesFolder),
    clock,
    sha256,
    keys,
  });
  const launch = openLaunchDesk({
    ...looking,
    config,
    sealed: rows,
    secrets,
    clock,
    packages,
    node: process.execPath,
  });
  const { confines, isolation } = processes;
  return { config, helpers, secrets, packages, launch, supervisor, confines, isolation, work, places };
}
