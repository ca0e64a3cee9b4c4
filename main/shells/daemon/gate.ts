import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { openCedar } from '../../adapters/cedar/cedar.ts';
import { foldersAmong } from '../../adapters/files/foldersAmong.ts';
import { pathFacts } from '../../adapters/files/pathFacts.ts';
import { policyFolders } from '../../adapters/files/policyFolder.ts';
import { realPath } from '../../adapters/files/realPath.ts';
import { readSettings } from '../../adapters/files/settingsText.ts';
import { watchedText } from '../../adapters/files/watchedText.ts';
import { signatures } from '../../adapters/keychain/signatures.ts';
import { ajvCheck } from '../../adapters/schema/ajv.ts';
import { newId } from '../../adapters/system/ids.ts';
import type { Folders } from '../../adapters/system/paths.ts';
import type { AskSubject } from '../../contract/ask.ts';
import { SETTINGS_FILE } from '../../contract/settings.ts';
import { userPlaces } from '../../core/clients/places.ts';
import { proofNeeded } from '../../core/gate/proofNeeded.ts';
import { protectedPlaces } from '../../core/gate/protected.ts';
import { strictArguments } from '../../core/gate/validate.ts';
import { ORGANISATION_PREFIX, SERVERS_PREFIX, SHIPPED_PREFIX } from '../../core/policy/layer.ts';
import { CEDAR_SCHEMA } from '../../core/policy/schema.ts';
import { AskDesk } from '../../services/approvals/approvals.ts';
import { ApproverBook } from '../../services/approvals/approvers.ts';
import { SecondPerson } from '../../services/approvals/secondPerson.ts';
import { ProofStrictness } from '../../services/approvals/strictness.ts';
import type { Clock } from '../../services/clock.ts';
import { GrantBook } from '../../services/grants/grants.ts';
import { openPolicies } from '../../services/policy/engine.ts';
import { PolicyInsight } from '../../services/policy/insight.ts';
import { findFacts } from '../../services/proxy/callFacts.ts';
import { workFolders } from '../../services/proxy/workFolders.ts';
import { KillSwitches } from '../../services/switches/switches.ts';
import { openCatalog } from '../../services/tools/catalog.ts';
import type { DeviceKeys } from '../../services/vault/ports.ts';
import { digest, sha256 } from './digests.ts';
import type { LaunchPart } from './launch.ts';
import type { Ledger } from './ledger.ts';
import { ownDevice } from './ownDevice.ts';
import type { ProductFiles } from './productFiles.ts';

/** A disk that does not answer holds a call up this long, milliseconds; then a person is asked. */
export const PATHS_MS = 2000;

export interface GateParts {
  readonly folders: Folders;
  readonly product: ProductFiles;
  readonly clock: Clock;
  readonly person: string;
  readonly keys: DeviceKeys;
  readonly ledger: Ledger;
  readonly launching: Pick<LaunchPart, 'config' | 'work' | 'places'>;
  /** Why an answer needs the passcode wherever it is given; null where the approval window answers. */
  readonly everywhere: () => string | null;
  /** What can drive the screen now, in words. */
  readonly screen: () => string | null;
  /** Takes what has to be closed, each after what uses it. */
  readonly opened: AsyncDisposableStack;
}

/** What decides about calls: definitions, policy, the people who answer, grants and kill switches. Rejects with `Refused`. */
export async function composeGate({
  folders,
  product,
  clock,
  person,
  keys,
  ledger,
  launching,
  everywhere,
  screen,
  opened,
}: GateParts) {
  const { writer: audit, reader, sealed: rows } = ledger;
  const { config, work, places } = launching;
  const catalog = openCatalog({ rows, sha256 });

  const settingsText = await watchedText(join(folders.config, SETTINGS_FILE));
  opened.defer(() => settingsText.close());
  const policies = await policyFolders(
    [
      { folder: join(folders.config, 'organisation'), prefix: ORGANISATION_PREFIX },
      { folder: join(folders.config, 'policies'), prefix: '' },
      { folder: join(folders.config, 'servers'), prefix: SERVERS_PREFIX },
    ],
    settingsText,
  );
  opened.defer(() => policies.close());
  const shipped = async (file: string) => ({
    file: SHIPPED_PREFIX + file,
    text: await readFile(join(product.policies, file), 'utf8'),
  });
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
  opened.defer(() => policy.close());

  const strictness = new ProofStrictness(rows);
  const needed = (subject: AskSubject) =>
    everywhere() ?? proofNeeded(subject, { strictness: strictness.now(), screen: screen() });
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
  opened.defer(() => grants.close());
  const switches = new KillSwitches(rows, clock, (server, tool) => policy.familiesOf(server, tool));

  const surroundings = { platform: process.platform, home: homedir(), env: process.env };
  const clients = userPlaces(surroundings).map(({ path }) => path);
  const facts = findFacts(pathFacts(homedir(), PATHS_MS), protectedPlaces({ ...places, clients }));
  const checkArguments = strictArguments(ajvCheck());
  const insight = new PolicyInsight({
    policy,
    catalog,
    reader,
    checkArguments,
    switches,
    findFacts: facts,
    foldersOf: (server) => {
      const { args = [], env = {}, cwd = join(work, `${server}.d`) } = config.entry(server) ?? {};
      return workFolders({ args, env, cwd }, foldersAmong);
    },
    person,
  });
  return {
    ...{ catalog, policy, insight, findFacts: facts, checkArguments },
    ...{ asks, approvers, second, strictness, proofNeeded: needed, grants, switches },
  };
}
