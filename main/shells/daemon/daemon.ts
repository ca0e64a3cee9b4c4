import type { SystemAuthentication } from '../../contract/personProof.ts';
import type { KeystoreState } from '../../contract/secret.ts';
import type { DaemonStatus, DoctorCheck } from '../../contract/status.ts';
import type { Actor } from '../../services/actor.ts';
import type { Changes } from './changes.ts';
import type { Core } from './core.ts';

export type Mode = DaemonStatus['mode'];

/** What the router sees of the daemon. */
export interface Daemon {
  readonly changes: Changes;
  /** The account whose daemon this is. */
  readonly person: string;
  /** Throws `Refused` with VAULT_LOCKED or KEYCHAIN_UNAVAILABLE while there are no keys. */
  core(): Core;
  mode(): Mode;
  keystore(): KeystoreState;
  /** The authentication of the system that the app can ask for now; null without one. */
  system(): SystemAuthentication | null;
  offerSystem(system: SystemAuthentication | null): void;
  status(): DaemonStatus;
  doctor(): Promise<DoctorCheck[]>;
  /** Looks for the keychain again while there are no keys, and opens it where it is ready. */
  lookForKeys(): Promise<void>;
  /** Opens the vault, or makes it, by the hand of this person. Throws `Refused`. */
  unlock(passcode: string, by: Actor): Promise<void>;
  /** Keeps a fault of our own for the log: it is a bug. */
  fault(error: unknown): void;
  /** Ends sessions, servers and the process; `by` says who wanted that, if anybody. */
  stop(reason: string, by?: Actor): Promise<void>;
}
