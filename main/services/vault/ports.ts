/** Where keys and secrets live: the OS keychain, or the sealed vault. */
import type { Launch, LaunchFinding } from '../../contract/launch.ts';
import type { Bound, PasscodeChallenge, PasscodeProof } from '../../contract/passcodeProof.ts';
import type { KeystoreState, SecretCommand, SecretInfo, SecretScope } from '../../contract/secret.ts';
import type { Actor } from '../actor.ts';

/** A backend of named values: keytar's shape without the service argument. */
export interface Keystore {
  get(account: string): Promise<string | null>;
  set(account: string, value: string): Promise<void>;
  delete(account: string): Promise<boolean>;
  list(): Promise<string[]>;
  state(): KeystoreState;
}

/** A keystore in one file, sealed with the passcode: for machines without a keychain (PRODUCT.md K1). */
export interface SealedVault extends Keystore {
  exists(): boolean;
  /** Makes an empty vault and leaves it open. Throws INPUT_INVALID when there is one already. */
  create(passcode: string): Promise<void>;
  /** Throws PASSCODE_WRONG, KEYCHAIN_UNAVAILABLE when there is none, VAULT_UNREADABLE when it is no vault. */
  unlock(passcode: string): Promise<void>;
  /** Seals it with another passcode and stores a value, in one step: either both happened or neither. */
  reseal(passcode: string, account: string, value: string): Promise<void>;
}

/** Why there is no keychain to use, in words that end with the way to one. */
export interface NoKeychain {
  readonly absent: string;
  /** There is one, but the person has not unlocked it yet. */
  readonly locked: boolean;
}

/** The cryptography that services need, all keys and hashes in base64. */
export interface KeyCrypto {
  /** 32 random bytes. */
  random(): string;
  /** A new Ed25519 key, PKCS#8 DER. */
  newSigningKey(): string;
  /** The Ed25519 key of these 32 secret bytes, PKCS#8 DER: the same whenever it is asked for. */
  signingKeyOf(seed: Uint8Array): string;
  /** Throws when `key` is no Ed25519 private key. */
  signingKey(key: string): Pick<DeviceKeys, 'publicKey' | 'sign'>;
  /** HMAC-SHA-256 under a key that is prepared once: preparing costs five times as much as a short message. */
  hmac(key: string): (message: Uint8Array) => Uint8Array;
  /** Compares in a time that tells nothing of where they differ. */
  equal(a: Uint8Array | string, b: Uint8Array | string): boolean;
}

/** One small text kept outside the keystore, replaced whole. */
export interface WitnessFile {
  read(): Promise<string | null>;
  write(text: string): Promise<void>;
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
  /** Names under which this value is kept already. */
  sameAs(value: string): string[];
  /** Keeps a value, in place of whatever the name stood for; without a scope the one it had stays. */
  set(name: string, value: string, given?: GivenSecret): Promise<void>;
  /** Lets a command that was agreed to make the value, from now on. */
  setHelper(name: string, helper: AgreedHelper, given: GivenSecret): Promise<void>;
  /** Says anew who gets it; its value stays. Throws `Refused` with NOT_FOUND or SECRET_LOST. */
  bind(name: string, given: Required<GivenSecret>): Promise<void>;
  /** Throws `Refused('NOT_FOUND')`. */
  remove(name: string, by: Actor): Promise<void>;
  /**
   * The values of these names, for one server's environment. Marks them used. Throws `Refused` with SECRET_MISSING,
   * SECRET_NOT_BOUND, SECRET_LOST, SECRET_HELPER_CHANGED or SECRET_HELPER_FAILED.
   */
  resolve(server: string, names: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /**
   * The values of those that are kept still, whoever they are kept for: for a file that a person has put back. Left out
   * are revoked ones, those of which nobody knows whom they were meant for, and what commands make.
   */
  kept(names: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** The servers that got this one since the start. */
  holders(name: string): ReadonlySet<string>;
  /** Values in use, longest first, for masking. */
  values(): readonly string[];
}

/** What a person said about a secret when it was set. */
export interface GivenSecret {
  readonly scope?: SecretScope;
  readonly by?: Actor;
}

/** A command as it was agreed to. */
export interface AgreedHelper {
  readonly command: SecretCommand;
  readonly launch: Launch;
  readonly digest: string;
}

/** A helper command as it would run now. */
export interface ReviewedHelper extends AgreedHelper {
  readonly findings: readonly LaunchFinding[];
  run(): Promise<CommandOutput>;
}

/** Looks at a helper command, and runs it without a shell. */
export interface HelperDesk {
  /** Throws `Refused` with LAUNCH_UNRESOLVED or CONFIG_INVALID. */
  review(name: string, command: SecretCommand): Promise<ReviewedHelper>;
}

/** How a command ended that was run for what it prints. */
export interface CommandOutput {
  /** In words, without a full stop; null when it ended well. */
  readonly failure: string | null;
  readonly stdout: string;
}

/** Runs a program for what it prints: without a shell, with nothing on its input, ended when it takes or prints too much. */
export type RunCommand = (command: {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}) => Promise<CommandOutput>;

/** The person's passcode (SECURITY.md rule 3). */
export interface Passcode {
  state(): 'set' | 'missing' | 'locked' | 'void';
  /** Throws `Refused('PASSCODE_WEAK')`. */
  set(passcode: string): Promise<void>;
  /** Sets the first one, which takes no proof. Throws `Refused`: PASSCODE_WEAK, and ASK_CHANGED when there is one by now. */
  choose(passcode: string): Promise<void>;
  /** What a proof for this ask has to answer; it replaces an earlier one. Throws PASSCODE_MISSING. */
  challenge(ask: string): PasscodeChallenge;
  /** Throws PASSCODE_MISSING, PASSCODE_WRONG or PASSCODE_LOCKED; five failures lock with growing delay that survives a restart. */
  prove(proof: PasscodeProof, bound: Bound): Promise<void>;
}
