/** Clients' files: their text, and where in it things stand. */
import type { Format, Path } from '../../core/clients/format.ts';

export type { Format, Path };

/** From, up to, in UTF-16 code units of the text. */
export interface Region {
  readonly start: number;
  readonly end: number;
}

/** A parsed configuration file that knows where in its text each value stands. */
export interface ConfigDocument {
  /** The whole as plain values. */
  readonly value: unknown;
  /** The line of what is at this path, or of the nearest around it; from 1. */
  lineOf(path: Path): number;
  /**
   * What to replace to give this path another value; null where there is none. Throws `Refused('CONFIG_INVALID')` where
   * the value cannot be replaced by itself: it is scattered, or shared with other places.
   */
  region(path: Path): Region | null;
  /** The text for the region of this path. */
  written(path: Path, value: unknown): string;
  /** The text that adds a key beside the one at this path, put right after its region. */
  beside(path: Path, key: string, value: unknown): string;
}

export type ReadConfig =
  | { readonly ok: true; readonly document: ConfigDocument }
  | { readonly ok: false; readonly line: number | null; readonly message: string };

/** Parses a text without its byte order mark. Never throws for what the text says. */
export type ParseConfig = (text: string, format: Format) => Promise<ReadConfig>;

/** The variables in a text of `NAME=value` lines, by name. */
export type ParseVariables = (text: string) => Readonly<Record<string, string>>;

/** A file as it was read. */
export type ReadFile =
  | { readonly state: 'absent' }
  | { readonly state: 'bad'; readonly message: string }
  | {
      readonly state: 'text';
      readonly text: string;
      /** SHA-256 of its bytes. */
      readonly hash: string;
      /** Absolute, links resolved: two paths of one file have the same. */
      readonly real: string;
    };

/** The clients' files on this machine. */
export interface ClientFiles {
  /** The paths that are there of one in which `*` stands for any one name. */
  expand(path: string): Promise<string[]>;
  /** One of more bytes than `largest`, otherwise than any configuration has, is bad, and is not read. */
  read(path: string, largest?: number): Promise<ReadFile>;
  /**
   * Replaces it whole, through links, keeping mode and owner. Throws `Refused('CLIENT_FILE_CHANGED')` when its bytes no
   * longer have this hash, and `CLIENT_FILE_LOCKED` when it cannot be written.
   */
  replace(path: string, hash: string, text: string): Promise<void>;
  /** Absolute, links resolved; null when there is no such folder. */
  folder(path: string): Promise<string | null>;
  /** The innermost folders that are there around these paths: where their coming and going shows. */
  nearest(paths: readonly string[]): Promise<string[]>;
  /** Calls back after one of these files, or a folder on the way to it, may have changed, as seen from these folders. */
  watch(paths: readonly string[], folders: readonly string[], changed: () => void): Promise<() => Promise<void>>;
}
