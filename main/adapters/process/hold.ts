/** How a tree is held: what differs between systems in starting and ending everything a server forks. */
import type { SpawnPlan } from '../../services/supervisor/ports.ts';
import type { Member } from './members.ts';

export interface Started extends Member {
  readonly mark: string;
}

export interface TreeHold {
  /** In words, as a person reads it and consent binds to it. */
  readonly isolation: string;
  /** Whether it keeps a tree to its plan's confinement. */
  readonly confines: boolean;
  /** Makes ready before the first tree starts. */
  prepare(): Promise<void>;
  /** What to execute so that the program runs inside the hold. */
  wrap(plan: SpawnPlan): Wrapped;
  began(tree: Started): void;
  /** Asks politely: SIGTERM to the process group of the program. */
  terminate(tree: Started): void;
  /** Kills everything of the tree; resolves with the number of survivors. */
  kill(tree: Started): Promise<number>;
  close(): Promise<void>;
}

export interface Wrapped {
  readonly program: string;
  readonly args: readonly string[];
  /** What the wrapping program reads from descriptor 3 and closes before it starts the server's. */
  readonly rules?: Uint8Array;
}

/** A kill that takes longer than this does not come. With the two grace periods it stays below two seconds. */
export const KILL_WITHIN_MS = 600;
