import { hostname } from 'node:os';
import { join } from 'node:path';
import { foldersAmong } from '../../adapters/files/foldersAmong.ts';
import { countLines } from '../../adapters/files/lineCounts.ts';
import { presentFiles } from '../../adapters/files/presentFiles.ts';
import { collectorLinks } from '../../adapters/http/collectorLink.ts';
import { nodeCrypto } from '../../adapters/keychain/crypto.ts';
import { proofHashes } from '../../adapters/keychain/proofHashes.ts';
import { witnessFile } from '../../adapters/keychain/witnessFile.ts';
import { ledgerCrypto } from '../../adapters/sqlite/ledgerCrypto.ts';
import { newId } from '../../adapters/system/ids.ts';
import type { Folders } from '../../adapters/system/paths.ts';
import { type Refusal, refusal } from '../../contract/refusal.ts';
import type { ToolClass } from '../../contract/tool.ts';
import type { Actor } from '../../services/actor.ts';
import { appendIfPossible } from '../../services/audit/appendIfPossible.ts';
import { currentMasker } from '../../services/audit/currentMasker.ts';
import type { DiskGuard } from '../../services/audit/diskGuard.ts';
import { openHookTold } from '../../services/audit/hookTold.ts';
import { SavedSearches } from '../../services/audit/savedSearches.ts';
import type { Clock } from '../../services/clock.ts';
import { Inspections } from '../../services/proxy/inspections.ts';
import { DEFAULT_LIMITS } from '../../services/proxy/ports.ts';
import { Sessions } from '../../services/proxy/sessions.ts';
import { Sync } from '../../services/sync/sync.ts';
import type { ChosenKeystore } from '../../services/vault/chooseKeystore.ts';
import { openDeviceKeys } from '../../services/vault/deviceKeys.ts';
import { openPasscode } from '../../services/vault/passcode.ts';
import { openPromptMark } from '../../services/vault/promptMark.ts';
import { endGrantsWithPins, endWhatLostItsBasis, stopWhatIsKilled, withdrawWithPolicy } from './basis.ts';
import type { Changes } from './changes.ts';
import { quarantineFirst } from './clientRelay.ts';
import { composeClients } from './clients.ts';
import type { Core } from './core.ts';
import { digest } from './digests.ts';
import { composeGate, PATHS_MS } from './gate.ts';
import { composeLaunch } from './launch.ts';
import { openLedger } from './ledger.ts';
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

/** Everything that decides and remembers, put together over the device's keys. Rejects with `Refused`, and leaves nothing open. */
export async function composeCore(parts: CoreParts): Promise<Core> {
  const { folders, product, clock, changes, person, version, chosen, fault } = parts;
  const { keystore, vault } = chosen;
  // Closed in the opposite order, at the end or when something cannot be opened.
  await using opening = new AsyncDisposableStack();
  let reason = 'not everything could be opened';
  let stoppedBy: Actor | undefined;
  let started = false;

  const keys = await openDeviceKeys(keystore, nodeCrypto);
  // The ledger masks the values of secrets, whose scopes stand in rows of the ledger: none is in use before it is open.
  let inUse: () => readonly string[] = () => [];
  const secretValues = { values: () => inUse() };
  const masker = currentMasker(secretValues);
  // Until it is known who else is to have the ledger, nothing of it may be dropped.
  let held: () => number | null = () => 0;
  const heldFrom = () => held();
  const ledger = await openLedger({ state: folders.state, clock, newId, keys, keystore, secretValues, heldFrom });
  opening.defer(() => ledger.close());
  const { writer: audit, reader, sealed: rows } = ledger;
  opening.defer(() => {
    if (started) appendIfPossible(audit, { type: 'daemon', event: 'stopped', reason, ...stoppedBy });
  });
  const passcode = await openPasscode({
    keystore,
    vault,
    keys,
    crypto: nodeCrypto,
    hashes: proofHashes,
    witness: witnessFile(join(folders.state, 'passcode-witness')),
    clock,
  });

  const base = { folders, product, clock, ledger, keys, opened: opening };
  const launching = await composeLaunch({
    ...base,
    keystore,
    secretValues,
    masker,
    reminders: () => gate.policy.settings().reminders,
    reason: () => reason,
  });
  const { config, secrets, helpers, packages, launch, supervisor, confines, isolation } = launching;
  inUse = () => secrets.values();
  let screen: () => string | null = () => null;
  const gate = await composeGate({
    ...base,
    person,
    launching,
    everywhere: parts.everywhere,
    screen: () => screen(),
  });
  const { catalog, policy, asks, approvers, grants, switches, findFacts, checkArguments } = gate;
  const clients = composeClients({ ...base, masker, launching, changes, fault });
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
    checkArguments,
    findFacts,
    files: presentFiles(PATHS_MS),
    countLines,
    canAsk: parts.canAsk,
    recordIfPossible: (draft, payload) => appendIfPossible(audit, draft, payload),
    fault,
    launch: quarantineFirst(launch, clients),
    supervisor,
    foldersAmong,
    changed: () => changes.tell('sessions'),
  });
  opening.defer(() => sessions.endAll(refusal('DAEMON_ABSENT', reason)));
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
  opening.defer(() => tour.close());

  await launch.collect();
  endWhatLostItsBasis({ config, sessions, supervisor, inspections, fault });
  endGrantsWithPins({ catalog, grants });
  withdrawWithPolicy({ policy, asks });
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

  opening.defer(() => clients.close());
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
  opening.defer(() => sync.close());
  held = () => sync.heldFrom();

  audit.append({
    type: 'daemon',
    event: 'started',
    detail: { version, pid: process.pid, recovered: ledger.recovered },
  });
  started = true;
  const mark = await openPromptMark(keystore, nodeCrypto);

  const running = opening.move();
  return {
    ...gate,
    keys,
    secrets,
    helpers,
    passcode,
    audit,
    reader,
    retention: ledger.retention,
    exporting: ledger.exporting,
    told,
    searches: new SavedSearches(witnessFile(join(folders.config, 'searches.json')), audit),
    sync,
    rows,
    config,
    launch,
    packages,
    supervisor,
    confines,
    isolation,
    mark,
    screen,
    sessions,
    inspections,
    tour,
    clients,
    async close(why, by) {
      reason = why;
      stoppedBy = by;
      asks.withdrawAll();
      await running.disposeAsync();
    },
  };
}
