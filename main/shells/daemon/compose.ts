import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { homedir, hostname } from 'node:os';
import { join } from 'node:path';
import { openCedar } from '../../adapters/cedar/cedar.ts';
import { parseConfig } from '../../adapters/configText/parse.ts';
import { clientFiles } from '../../adapters/files/clientFiles.ts';
import { countLines } from '../../adapters/files/lineCounts.ts';
import { logFiles } from '../../adapters/files/logFiles.ts';
import { ownPlaces } from '../../adapters/files/ownPlaces.ts';
import { pathFacts } from '../../adapters/files/pathFacts.ts';
import { policyFolders } from '../../adapters/files/policyFolder.ts';
import { presentFiles } from '../../adapters/files/presentFiles.ts';
import { programFiles } from '../../adapters/files/programFiles.ts';
import { realPath } from '../../adapters/files/realPath.ts';
import { serversText as serversSyntax } from '../../adapters/files/serversText.ts';
import { readSettings } from '../../adapters/files/settingsText.ts';
import { watchedText } from '../../adapters/files/watchedText.ts';
import { collectorLinks } from '../../adapters/http/collectorLink.ts';
import { nodeCrypto } from '../../adapters/keychain/crypto.ts';
import { proofHashes } from '../../adapters/keychain/proofHashes.ts';
import { signatures } from '../../adapters/keychain/signatures.ts';
import { witnessFile } from '../../adapters/keychain/witnessFile.ts';
import { commandOutput } from '../../adapters/process/commandOutput.ts';
import { openProcesses } from '../../adapters/process/processes.ts';
import { watchdogCommand } from '../../adapters/process/watchdogCommand.ts';
import { packageFolders } from '../../adapters/registry/packageFolders.ts';
import { openRegistry } from '../../adapters/registry/registry.ts';
import { ajvCheck } from '../../adapters/schema/ajv.ts';
import { ledgerCrypto } from '../../adapters/sqlite/ledgerCrypto.ts';
import { newId } from '../../adapters/system/ids.ts';
import type { Folders } from '../../adapters/system/paths.ts';
import type { AskSubject } from '../../contract/ask.ts';
import { type Refusal, Refused, refusal } from '../../contract/refusal.ts';
import { SETTINGS_FILE } from '../../contract/settings.ts';
import type { ToolClass } from '../../contract/tool.ts';
import { proofNeeded } from '../../core/gate/proofNeeded.ts';
import { protectedPlaces } from '../../core/gate/protected.ts';
import { strictArguments } from '../../core/gate/validate.ts';
import { analyse } from '../../core/launch/analyse.ts';
import { ORGANISATION_PREFIX, SERVERS_PREFIX } from '../../core/policy/layer.ts';
import { CEDAR_SCHEMA } from '../../core/policy/schema.ts';
import { AskDesk } from '../../services/approvals/approvals.ts';
import { ApproverBook } from '../../services/approvals/approvers.ts';
import { SecondPerson } from '../../services/approvals/secondPerson.ts';
import { ProofStrictness } from '../../services/approvals/strictness.ts';
import { currentMasker } from '../../services/audit/currentMasker.ts';
import type { DiskGuard } from '../../services/audit/diskGuard.ts';
import { openHookTold } from '../../services/audit/hookTold.ts';
import { SavedSearches } from '../../services/audit/savedSearches.ts';
import { Clients } from '../../services/clients/clients.ts';
import type { Clock } from '../../services/clock.ts';
import { GrantBook } from '../../services/grants/grants.ts';
import { openLaunchDesk } from '../../services/launch/desk.ts';
import { openServersConfig } from '../../services/launch/serversConfig.ts';
import { Packages } from '../../services/packages/packages.ts';
import { openPolicies } from '../../services/policy/engine.ts';
import { PolicyInsight } from '../../services/policy/insight.ts';
import { findFacts } from '../../services/proxy/callFacts.ts';
import { Inspections } from '../../services/proxy/inspections.ts';
import { DEFAULT_LIMITS } from '../../services/proxy/ports.ts';
import { Sessions } from '../../services/proxy/sessions.ts';
import { openSandbox } from '../../services/sandbox/sandbox.ts';
import { openSupervisor } from '../../services/supervisor/supervisor.ts';
import { KillSwitches } from '../../services/switches/switches.ts';
import { Sync } from '../../services/sync/sync.ts';
import { openCatalog } from '../../services/tools/catalog.ts';
import type { ChosenKeystore } from '../../services/vault/chooseKeystore.ts';
import { openDeviceKeys } from '../../services/vault/deviceKeys.ts';
import { openHelperDesk } from '../../services/vault/helperDesk.ts';
import { openPasscode } from '../../services/vault/passcode.ts';
import { openPromptMark } from '../../services/vault/promptMark.ts';
import { openSecrets } from '../../services/vault/secrets.ts';
import { endGrantsWithPins, endWhatLostItsBasis, serversThatName, stopWhatIsKilled } from './basis.ts';
import type { Changes } from './changes.ts';
import { quarantineFirst, relayCommand } from './clientRelay.ts';
import type { Core } from './core.ts';
import { openLedger } from './ledger.ts';
import { ownDevice } from './ownDevice.ts';
import type { ProductFiles } from './productFiles.ts';
import type { Router } from './router/router.ts';
import { screenDriver } from './screen.ts';
import { composeTour } from './tour.ts';

export interface CoreParts {
  readonly folders: Folders;
  readonly product: ProductFiles;
  readonly clock: Clock;
  readonly changes: Changes;
  /** The account whose daemon this is. */
  readonly person: string;
  readonly version: string;
  /** A keystore that is ready. */
  readonly chosen: ChosenKeystore;
  readonly disk: DiskGuard;
  readonly canAsk: (toolClass: ToolClass) => Refusal | null;
  /** Why an answer needs the passcode wherever it is given; null where the approval window answers. */
  readonly everywhere: () => string | null;
  readonly fault: (error: unknown) => void;
  /** The contract's operations, for the tour. */
  readonly router: Router;
}

/** A disk that does not answer holds a call up this long, milliseconds; then a person is asked. */
const PATHS_MS = 2000;

const sha256 = (data: string | Uint8Array) => createHash('sha256').update(data).digest('hex');
const digest = (bytes: Uint8Array) => `sha256:${sha256(bytes)}`;

/** Everything that decides and remembers, put together over the device's keys. Rejects with `Refused`. */
export async function composeCore(parts: CoreParts): Promise<Core> {
  const { folders, product, clock, changes, person, version, chosen, fault } = parts;
  const { keystore, vault } = chosen;
  const keys = await openDeviceKeys(keystore, nodeCrypto);
  // The ledger masks the values of secrets, whose scopes stand in rows of the ledger: none is in use before it is open.
  let inUse: () => readonly string[] = () => [];
  const secretValues = { values: () => inUse() };
  // Until it is known who else is to have the ledger, nothing of it may be dropped.
  let held: () => number | null = () => 0;
  const heldFrom = () => held();
  const ledger = await openLedger({ state: folders.state, clock, newId, keys, keystore, secretValues, heldFrom });
  const { writer: audit, reader, sealed: rows } = ledger;
  const passcode = await openPasscode({
    keystore,
    vault,
    keys,
    crypto: nodeCrypto,
    hashes: proofHashes,
    witness: witnessFile(join(folders.state, 'passcode-witness')),
    clock,
  });

  const processes = await openProcesses({ stateFolder: folders.state, watchdog: watchdogCommand() });
  const logs = logFiles(folders.logs);
  const supervisor = openSupervisor({
    processes,
    audit,
    clock,
    newId,
    random: Math.random,
    secretValues,
    logFiles: logs,
  });

  const serversText = await watchedText(join(folders.config, 'servers.json'));
  const config = await openServersConfig({
    file: serversText,
    syntax: serversSyntax,
    sealed: rows,
    audit,
    history: reader,
  });
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
  const helpers = openHelperDesk({
    files,
    sandbox,
    environment: process.env,
    platform: process.platform,
    isolation: processes.isolation,
    keys,
    masker: currentMasker(secretValues),
    sha256,
    run: commandOutput(),
  });
  const secrets = await openSecrets({
    keystore,
    keys,
    rows,
    helpers,
    clock,
    usedBy: (secret) => serversThatName(config.entries(), secret),
    runs: (server) => supervisor.instances(server).length > 0,
    reminders: () => policy.settings().reminders,
  });
  inUse = () => secrets.values();
  const packagesFolder = join(folders.state, 'packages');
  const packages = new Packages({
    registry: openRegistry(packagesFolder),
    folders: await packageFolders(packagesFolder),
    clock,
    sha256,
  });
  const launch = openLaunchDesk({
    config,
    files,
    sealed: rows,
    secrets,
    keys,
    clock,
    masker: currentMasker(secrets),
    packages,
    node: process.execPath,
    sha256,
    environment: process.env,
    platform: process.platform,
    isolation: processes.isolation,
    sandbox,
  });
  const masker = currentMasker(secrets);
  const clients = new Clients({
    files: clientFiles,
    parse: parseConfig,
    surroundings: { platform: process.platform, home: homedir(), env: process.env },
    relay: relayCommand(product, folders),
    config,
    secrets,
    rows,
    audit,
    keys,
    clock,
    masker,
    findings: (command, args, env) => {
      const variables = Object.entries(env).map(([name, shown]) => ({ name, source: 'literal' as const, shown }));
      return [...analyse({ command, args, variables }, masker()).findings];
    },
    sha256,
    changed: () => {
      for (const topic of ['clients', 'status'] as const) changes.tell(topic);
    },
    fault,
  });
  const catalog = openCatalog({ rows, sha256 });
  const settingsText = await watchedText(join(folders.config, SETTINGS_FILE));
  const policies = await policyFolders(
    [
      { folder: join(folders.config, 'organisation'), prefix: ORGANISATION_PREFIX },
      { folder: join(folders.config, 'policies'), prefix: '' },
      { folder: join(folders.config, 'servers'), prefix: SERVERS_PREFIX },
    ],
    settingsText,
  );
  const shipped = async (file: string) => ({ file, text: await readFile(join(product.policies, file), 'utf8') });
  const policy = await openPolicies({
    cedar: openCedar(CEDAR_SCHEMA),
    readSettings,
    now: () => clock.now(),
    zone: () => Intl.DateTimeFormat().resolvedOptions().timeZone,
    defaults: await Promise.all(['protected.cedar', 'default.cedar'].map(shipped)),
    files: policies,
    rows,
    audit,
    sha256,
  });

  const strictness = new ProofStrictness(rows);
  let screen: () => string | null = () => null;
  const needed = (subject: AskSubject) =>
    parts.everywhere() ?? proofNeeded(subject, { strictness: strictness.now(), screen: screen() });
  const asks = new AskDesk({
    audit,
    clock,
    newId,
    hash: digest,
    policyVersion: () => policy.version(),
    person,
    proofNeeded: needed,
  });
  const approvers = new ApproverBook({ rows, clock, signatures, self: ownDevice(person, keys) });
  const second = new SecondPerson({ book: approvers, keys, signatures, hash: digest, clock });
  const grants = new GrantBook({ rows, clock, newId, hash: digest, realPath, home: homedir() });
  const switches = new KillSwitches(rows, clock, (server, tool) => policy.familiesOf(server, tool));
  const facts = findFacts(pathFacts(homedir(), PATHS_MS), protectedPlaces(places));
  const insight = new PolicyInsight({
    policy,
    catalog,
    reader,
    findFacts: facts,
    folderOf: (server) => config.entry(server)?.cwd ?? join(work, `${server}.d`),
    person,
  });
  const told = openHookTold(audit, clock);
  const sessions = new Sessions({
    audit,
    told,
    disk: parts.disk,
    asks,
    policy,
    grants,
    switches,
    catalog,
    clock,
    newId,
    hash: digest,
    limits: DEFAULT_LIMITS,
    person,
    checkArguments: strictArguments(ajvCheck()),
    findFacts: facts,
    files: presentFiles(PATHS_MS),
    countLines,
    canAsk: parts.canAsk,
    recordIfPossible: (draft, payload) => {
      try {
        audit.append(draft, payload);
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
      }
    },
    fault,
    launch: quarantineFirst(launch, clients),
    supervisor,
    changed: () => changes.tell('sessions'),
  });
  const inspections = new Inspections({
    sessions,
    clock,
    version,
    pid: process.pid,
    changed: (server) => changes.tell('servers', server),
    fault,
  });
  screen = () => screenDriver({ sessions, config, catalog });
  const tour = composeTour({ product, ledger, router: parts.router, changes });

  await launch.collect();
  endWhatLostItsBasis({ config, sessions, supervisor, inspections, fault });
  endGrantsWithPins({ catalog, grants });
  stopWhatIsKilled({ switches, sessions });
  supervisor.onChange((server) => changes.tell('servers', server));
  config.onChange(() => changes.tell('servers'));
  catalog.onChange((server) => changes.tell('tools', server));
  policy.onChange(() => changes.tell('policy'));
  asks.onChange((id) => changes.tell('asks', id));
  approvers.onChange(() => changes.tell('status'));
  grants.onChange(() => changes.tell('grants'));
  switches.onChange(() => changes.tell('switches'));
  reader.onAppend(() => changes.tell('audit'));

  await clients.open();
  const sync = await Sync.open({
    ledger: ledger.outgoing,
    reader,
    audit,
    rows,
    links: collectorLinks,
    receipts: witnessFile(join(folders.state, 'sync-receipt')),
    keystore,
    keys,
    signing: nodeCrypto,
    crypto: ledgerCrypto,
    clock,
    random: Math.random,
    deviceName: `${person} at ${hostname()}`,
    changed: () => changes.tell('sync'),
    fault,
  });
  held = () => sync.heldFrom();

  audit.append({
    type: 'daemon',
    event: 'started',
    detail: { version, pid: process.pid, recovered: ledger.recovered },
  });

  return {
    keys,
    secrets,
    helpers,
    passcode,
    audit,
    reader,
    retention: ledger.retention,
    told,
    searches: new SavedSearches(witnessFile(join(folders.config, 'searches.json'))),
    sync,
    rows,
    config,
    launch,
    packages,
    supervisor,
    confines: processes.confines,
    catalog,
    policy,
    insight,
    asks,
    approvers,
    second,
    strictness,
    mark: await openPromptMark(keystore, nodeCrypto),
    proofNeeded: needed,
    screen,
    grants,
    switches,
    sessions,
    inspections,
    tour,
    clients,
    async close(reason) {
      asks.withdrawAll();
      await Promise.all([tour.close(), clients.close(), sync.close()]);
      await sessions.endAll(refusal('DAEMON_ABSENT', reason));
      await supervisor.stopAll(reason);
      await processes.close();
      policy.close();
      grants.close();
      config.close();
      await Promise.all([policies.close(), settingsText.close(), serversText.close(), logs.flush()]);
      try {
        audit.append({ type: 'daemon', event: 'stopped', reason });
      } catch (error) {
        fault(error);
      }
      await ledger.close();
    },
  };
}
