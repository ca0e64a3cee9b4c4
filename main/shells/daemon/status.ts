import type { DiskState } from '../../contract/disk.ts';
import { type Refusal, refusal } from '../../contract/refusal.ts';
import type { KeystoreState } from '../../contract/secret.ts';
import type { DaemonStatus } from '../../contract/status.ts';
import type { Core } from './core.ts';
import type { Mode } from './daemon.ts';
import { deviceFingerprint } from './fingerprint.ts';

export interface StatusParts {
  readonly version: string;
  readonly since: string;
  readonly home: string;
  readonly mode: Mode;
  readonly keystore: KeystoreState;
  readonly system: DaemonStatus['system'];
  readonly disk: DiskState;
  readonly core: Core | null;
}

/** What the daemon says of itself, with every fault that is in force. */
export function statusOf({ version, since, home, mode, keystore, system, disk, core }: StatusParts): DaemonStatus {
  return {
    version,
    pid: process.pid,
    since,
    home,
    mode,
    keystore,
    system,
    passcode: core?.passcode.state() ?? 'missing',
    device: core && deviceFingerprint(core.keys.publicKey),
    servers: core?.config.entries().size ?? 0,
    sessions: core?.sessions.list().length ?? 0,
    asks: core?.asks.list(true).length ?? 0,
    records: core?.reader.count() ?? 0,
    confines: core?.confines ?? null,
    disk,
    problems: problemsOf(core, keystore),
  };
}

function problemsOf(core: Core | null, keystore: KeystoreState): Refusal[] {
  if (!core) return [refusal(keystore.state === 'locked' ? 'VAULT_LOCKED' : 'KEYCHAIN_UNAVAILABLE', keystore.detail)];
  const problems: Refusal[] = [];
  const config = core.config.problem();
  if (config) problems.push(refusal('CONFIG_INVALID', config));
  for (const { file, line, message } of core.policy.state().faults) {
    problems.push(refusal('CONFIG_INVALID', `${file}${line === null ? '' : `:${line}`}: ${message}`));
  }
  for (const entry of core.clients.alarms()) problems.push(refusal('CLIENT_ENTRY_NEW', entry));
  for (const file of core.clients.unreadable()) problems.push(refusal('CLIENT_FILE_UNREADABLE', file));
  for (const { kind, key, why } of core.rows.voids()) {
    problems.push(refusal('DATABASE_TAMPERED', `the ${kind} of ${key} does not count: ${why}`));
  }
  return problems;
}
