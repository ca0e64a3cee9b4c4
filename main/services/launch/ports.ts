/** From a configured entry to a plan that may run: resolve, review, consent, plan. */
import type { LaunchReview, LineReview } from '../../contract/launch.ts';
import type { PackageTruth } from '../../contract/package.ts';
import type { SandboxEntry } from '../../contract/sandbox.ts';
import type { ServerEntry } from '../../contract/server.ts';
import type { Actor, KnownActor } from '../actor.ts';
import type { SpawnPlan } from '../supervisor/ports.ts';
import type { LookWishes, Which } from './pinning.ts';

export interface LaunchDesk {
  /** What the server would run now, against what was agreed. Never throws for a launch that cannot be resolved: `problem` says why. */
  review(server: string, which?: Which): Promise<LaunchReview>;
  /** The review of the launch of this digest. Throws `Refused('ASK_CHANGED')` when none of the server's has it. */
  reviewOf(server: string, digest: string): Promise<LaunchReview>;
  /** What a command line says it would run. Looks nothing up and starts nothing; never throws. */
  reviewLine(command: string, args: readonly string[]): LineReview;
  /**
   * Asks its registry about a server's package, and pins what would run where that can be: from then on reviews show it.
   * Throws `Refused` with SERVER_UNKNOWN, INPUT_INVALID (no package is named) or PACKAGE_UNAVAILABLE (cancelled).
   */
  look(server: string, wishes: LookWishes): Promise<{ truth: PackageTruth; notPinned: string | null }>;
  /** Removes stored packages that no consent names any more. */
  collect(): Promise<void>;
  /** Installs what is pinned, then records the consent to exactly this digest. Throws `Refused('ASK_CHANGED')` when the launch is another by now. */
  consent(server: string, digest: string, by: KnownActor): Promise<void>;
  withdraw(server: string, by: Actor): void;
  /** Throws `Refused` with SERVER_UNKNOWN or SERVER_DISABLED for what no plan is made of. */
  checkStartable(server: string): void;
  /**
   * Resolves again, compares with the consent, then resolves the secrets: what `Supervisor.start` takes.
   * Throws `Refused` with SERVER_UNKNOWN, SERVER_DISABLED, CONSENT_NEEDED, CONSENT_CHANGED, LAUNCH_UNRESOLVED,
   * CONFIG_INVALID, SECRET_MISSING, KEYCHAIN_UNAVAILABLE.
   */
  plan(server: string): Promise<{ plan: SpawnPlan; launchDigest: string }>;
}

/** `servers.json`: watched, checked whole, replaced whole; a bad file keeps the last good one and says so. */
export interface ServersConfig {
  entries(): ReadonlyMap<string, ServerEntry>;
  entry(server: string): ServerEntry | undefined;
  add(server: string, entry: ServerEntry, by: Actor): Promise<void>;
  remove(server: string, by: Actor): Promise<void>;
  /** What it reaches, as a wish: consent decides. */
  setSandbox(server: string, sandbox: SandboxEntry, by: Actor): Promise<void>;
  /** Switching on is for a person to decide: `by` names who did, for the record. */
  setDisabled(server: string, disabled: boolean, by: Actor): Promise<void>;
  problem(): string | null;
  onChange(listener: () => void): () => void;
}

/** Where a command was found. */
export interface FoundProgram {
  /** Absolute, before links are resolved: what is started. */
  readonly found: string;
  /** Absolute, links resolved: what is hashed. */
  readonly path: string;
}

/** A regular file among the arguments. */
export interface FoundFile extends FoundProgram {
  readonly executable: boolean;
  /** The first bytes, 256 at most. */
  readonly head: Uint8Array;
}

/** The file system, as far as a launch is concerned. */
export interface ProgramFiles {
  /**
   * Finds what a command starts: a path with a separator is taken from `cwd`, a bare name is looked up in the absolute
   * entries of `path`. Throws `Refused('LAUNCH_UNRESOLVED')` that says what was looked for and where.
   */
  resolve(command: string, places: { readonly cwd: string; readonly path: string }): Promise<FoundProgram>;
  /** The regular file of this path, relative to `cwd`; null when there is none. */
  file(path: string, cwd: string): Promise<FoundFile | null>;
  /** What the `package.json` of this folder, relative to `cwd`, names as its `main`; null when it names nothing. */
  main(folder: string, cwd: string): Promise<string | null>;
  /** `sha256:…` and size in bytes of a file's content now. Throws `Refused('LAUNCH_UNRESOLVED')` when it cannot be read. */
  hash(path: string): Promise<{ readonly sha256: string; readonly size: number }>;
  /** The folder of this path with links resolved; null when there is none. */
  folder(path: string): Promise<string | null>;
  /** Makes and gives the empty folder a server without a working directory runs in. */
  ownFolder(server: string): Promise<string>;
}

/** One text file that a person may edit at any time. */
export interface WatchedText {
  /** Null when the file is not there. */
  read(): Promise<string | null>;
  /** Replaces it whole. */
  write(text: string): Promise<void>;
  /** Calls back after the file may have changed. Returns the way to stop. */
  onChange(listener: () => void): () => void;
}

/** What a text says; or why it cannot be used, with the line (from 1) where one is to blame. */
export type ReadServers =
  | { readonly ok: true; readonly entries: ReadonlyMap<string, ServerEntry> }
  | { readonly ok: false; readonly problem: string; readonly switchedOff: readonly string[] };

/** The syntax of `servers.json`: read whole, edited without touching what people wrote around it. */
export interface ServersText {
  /** An absent file (null) has no servers. Nothing is taken from a text with any fault, save the servers it switches off. */
  read(text: string | null): ReadServers;
  /** The text with one server's entry set, or removed when `entry` is undefined. */
  withEntry(text: string | null, server: string, entry: ServerEntry | undefined): string;
  /** The text with one key of one server's entry set, or removed when `value` is undefined. */
  withEntryKey(text: string | null, server: string, key: string, value: unknown): string;
}
