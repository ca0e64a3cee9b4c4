/** From a configured entry to a plan that may run: resolve, review, consent, plan. */
import type { LaunchReview } from '../../contract/launch.ts';
import type { ServerEntry } from '../../contract/server.ts';
import type { SpawnPlan } from '../supervisor/ports.ts';

export interface LaunchDesk {
  /** What the server would run now, against what was agreed. Never throws for a launch that cannot be resolved: `problem` says why. */
  review(server: string): Promise<LaunchReview>;
  /** Records the consent to exactly this digest. Throws `Refused('ASK_CHANGED')` when the launch is another by now. */
  consent(server: string, digest: string, person: string, via: string): Promise<void>;
  withdraw(server: string): void;
  /**
   * Resolves again, compares with the consent, then resolves the secrets: what `Supervisor.start` takes.
   * Throws `Refused` with SERVER_UNKNOWN, SERVER_DISABLED, CONSENT_NEEDED, CONSENT_CHANGED, LAUNCH_UNRESOLVED, SECRET_MISSING, KEYCHAIN_UNAVAILABLE.
   */
  plan(server: string): Promise<{ plan: SpawnPlan; launchDigest: string }>;
}

/** `servers.json`: watched, checked whole, replaced whole; a bad file keeps the last good one and says so. */
export interface ServersConfig {
  entries(): ReadonlyMap<string, ServerEntry>;
  entry(server: string): ServerEntry | undefined;
  add(server: string, entry: ServerEntry): Promise<void>;
  remove(server: string): Promise<void>;
  setDisabled(server: string, disabled: boolean): Promise<void>;
  problem(): string | null;
  onChange(listener: () => void): () => void;
}
