/** Where keys and secrets live: the OS keychain, or the sealed vault. */
import type { KeystoreState, SecretInfo } from '../../contract/secret.ts';

/** A backend of named values: keytar's shape without the service argument. */
export interface Keystore {
  get(account: string): Promise<string | null>;
  set(account: string, value: string): Promise<void>;
  delete(account: string): Promise<boolean>;
  list(): Promise<string[]>;
  state(): KeystoreState;
}

/** The device's own keys, made on first start and kept in the keystore. */
export interface DeviceKeys {
  /** Ed25519 public key, SPKI DER. */
  readonly publicKey: Uint8Array;
  /** Ed25519 signature (RFC 8032), 64 bytes. */
  sign(message: Uint8Array): Uint8Array;
  /** HMAC-SHA-256 under the MAC key, 32 bytes; `purpose` keeps uses apart. */
  mac(purpose: string, message: Uint8Array): Uint8Array;
}

/** Secrets by name. Values leave only through `resolve`, at spawn. */
export interface Secrets {
  list(): Promise<SecretInfo[]>;
  has(name: string): boolean;
  set(name: string, value: string): Promise<void>;
  remove(name: string): Promise<void>;
  /** The values of these names, for one server's environment. Throws `Refused('SECRET_MISSING')`. Marks them used. */
  resolve(server: string, names: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Values in use, longest first, for masking. */
  values(): readonly string[];
}

/** The person's passcode (SECURITY.md rule 3). */
export interface Passcode {
  state(): 'set' | 'missing' | 'locked' | 'void';
  /** Throws `Refused('PASSCODE_WEAK')`. */
  set(passcode: string): Promise<void>;
  /** Throws PASSCODE_MISSING, PASSCODE_WRONG or PASSCODE_LOCKED; five failures lock with growing delay that survives a restart. */
  prove(passcode: string): Promise<void>;
}
