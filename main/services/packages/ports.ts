/** What a registry says of packages, and the product's own store of pinned ones. */
import type { InstallScript, LaunchPackage, PackageNews, PackageTruth } from '../../contract/package.ts';

/** A resolved tree: what the registry has for a wanted package, ready to be pinned. */
export interface PackageTree {
  /** npm's lockfile, version 3, as text: version, address and integrity of every package. */
  readonly lock: string;
  /** The file that is started, relative to the package. */
  readonly entry: string;
}

export interface LookedUp {
  readonly truth: PackageTruth;
  /** Null when it cannot be pinned; `notPinned` then says why. */
  readonly tree: PackageTree | null;
  readonly notPinned: string | null;
}

export interface LookOptions {
  /** The program of the package that is wanted; null for its only one, or the one of its own name. */
  readonly program: string | null;
  readonly tell: (news: Extract<PackageNews, { kind: 'progress' }>) => void;
  /** Ends the look-up. */
  readonly signal: AbortSignal;
}

/** What to install, all of it agreed to. */
export interface Installation {
  /** Absolute; made, and removed again when anything fails. */
  readonly folder: string;
  readonly name: string;
  readonly version: string;
  readonly entry: string;
  readonly registry: string;
  readonly lock: string;
  /** All that the tree was said to want to run. */
  readonly scripts: readonly InstallScript[];
  /** Packages, `name@version`, whose scripts may run. */
  readonly allowed: readonly string[];
}

export interface PackageRegistry {
  /** Never rejects for what a registry does not answer: the truth says what could not be checked. Rejects with `Refused('PACKAGE_UNAVAILABLE')` when it was cancelled or broke down. */
  look(wanted: LaunchPackage, options: LookOptions): Promise<LookedUp>;
  /** Rejects with `Refused('PACKAGE_UNAVAILABLE')`, or `PACKAGE_MISMATCH` when what came is not what was agreed to. */
  install(installation: Installation): Promise<void>;
}

/** The installed files of a folder now. */
export interface StoreContents {
  /** SHA-256 over the list of all files with their own digests and modes. */
  readonly digest: string;
  /** Relative path to what it holds. */
  readonly files: ReadonlyMap<string, string>;
}

/** An answer as it lies on disk, where other programs may write too: without its MAC it does not count. */
export interface Remembered {
  /** A `LookedUp` as JSON. */
  readonly looked: string;
  /** Hexadecimal. */
  readonly mac: string;
}

/** Folders of pinned packages, and the notes about them, below the state folder. */
export interface PackageFolders {
  /** Absolute path of a key's folder, whether it is there or not. */
  folder(key: string): string;
  /** Null when the folder is not there. */
  contents(key: string): Promise<StoreContents | null>;
  /** Keeps the list of what was installed, so that a change can be named later. */
  keepList(key: string, files: ReadonlyMap<string, string>): Promise<void>;
  /** The kept list; null when there is none or it cannot be read. */
  list(key: string): Promise<ReadonlyMap<string, string> | null>;
  lock(digest: string): Promise<string | null>;
  keepLock(digest: string, text: string): Promise<void>;
  /** Makes the files of an installed folder unwritable, so that a server cannot change itself by mistake. */
  seal(key: string): Promise<void>;
  remove(key: string): Promise<void>;
  keys(): Promise<string[]>;
  locks(): Promise<string[]>;
  removeLock(digest: string): Promise<void>;
  /** What was learned about a package before; null when nothing was. */
  recall(key: string): Promise<Remembered | null>;
  remember(key: string, answer: Remembered): Promise<void>;
}
