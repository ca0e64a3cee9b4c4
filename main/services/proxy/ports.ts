/** The two sides of a session, and what it asks the machine. */
import type { FileState } from '../../contract/change.ts';
import type { PathText } from '../../core/gate/pathTexts.ts';
import type { PathLead } from '../../core/gate/placeFacts.ts';
import type { Home } from '../../core/gate/protected.ts';

export type { Home, PathLead, PathText };

/** The client's end: bytes of MCP lines both ways. */
export interface Peer {
  /** Writes bytes; false means: wait for `onDrain` before writing more. Ignored once ended. */
  write(bytes: Uint8Array): boolean;
  onDrain(listener: () => void): void;
  onData(listener: (chunk: Uint8Array) => void): void;
  /** The client closed its side, or is gone. Called once. */
  onEnd(listener: () => void): void;
  pause(): void;
  resume(): void;
  /** Ends the connection after what was written. */
  end(): void;
}

/** Where paths in arguments lead. */
export interface PathFacts {
  /**
   * One answer for each text, in their order; `folders` are those that relative paths may be taken from. Never rejects:
   * what cannot be known is said to be uncertain. It holds for this moment only (SECURITY.md rule 15).
   */
  resolve(texts: readonly PathText[], folders: readonly string[]): Promise<PathLead[]>;
}

/** Those of absolute paths that are folders. */
export type FoldersAmong = (paths: readonly string[]) => Promise<string[]>;

/** What files hold, for a person to compare with what a call would make of them. */
export interface PresentFiles {
  /** Longer texts are not compared, bytes. */
  readonly mostBytes: number;
  /**
   * What is at an absolute path now, its last name not followed when it is a link. Never rejects and never waits for
   * long: what cannot be read is said to be so. It holds for this moment only (SECURITY.md rule 15).
   */
  read(path: string): Promise<FileState>;
}

/** Lines that come and go between two texts; null when they differ too much to be compared in time. */
export type CountLines = (before: string, after: string) => { added: number; removed: number } | null;

/** What a session may take and how long it waits. */
export interface SessionLimits {
  /** Longest line from the client, bytes. */
  readonly clientLine: number;
  /** Longest line from the server, bytes. */
  readonly serverLine: number;
  /** From a governed frame's arrival to its answer when a person is asked, milliseconds (PROTOCOL.md rule 7). */
  readonly askMs: number;
  /** A server that has not answered its first request by then is given up, milliseconds. */
  readonly startMs: number;
  /** A forwarded call without answer, milliseconds. */
  readonly callMs: number;
  /** Between progress notifications while a person decides, milliseconds. */
  readonly progressMs: number;
}

export const DEFAULT_LIMITS: SessionLimits = {
  clientLine: 16 * 1024 * 1024,
  serverLine: 64 * 1024 * 1024,
  askMs: 45_000,
  startMs: 30_000,
  callMs: 600_000,
  progressMs: 5_000,
};
