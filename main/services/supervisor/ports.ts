/** Running one server's process tree. */
import type { InstanceInfo, LogLine } from '../../contract/server.ts';

/** What to run, every part resolved and agreed to; the environment holds secrets and lives only until the spawn. */
export interface SpawnPlan {
  readonly server: string;
  /** Absolute. */
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

/** One running process tree: exactly one owner, and an old one's exit never touches a new one. */
export interface Instance {
  readonly id: string;
  readonly server: string;
  info(): InstanceInfo;
  /** Writes bytes to stdin; false means: wait for `onDrain` before writing more. Ignored once ended. */
  write(bytes: Uint8Array): boolean;
  onDrain(listener: () => void): void;
  /** Raw stdout chunks, in order. */
  onOutput(listener: (chunk: Uint8Array) => void): void;
  /** Stops reading stdout until `resume`, for back-pressure. */
  pause(): void;
  resume(): void;
  /** Called once, with a sentence. */
  onExit(listener: (reason: string) => void): void;
  /** The owner found the instance answering; the state becomes `ready`. */
  markReady(): void;
  /** Keeps a line for the server's log (stdout noise). */
  log(stream: 'stderr' | 'stdout' | 'lifecycle', text: string): void;
  /** Closes stdin, then SIGTERM, then SIGKILL of the whole tree; resolves when nothing of it is left. Under 2 s. */
  stop(reason: string): Promise<void>;
}

export interface Supervisor {
  /** Throws `Refused` with SPAWN_FAILED or SERVER_FAILED (start limit reached). */
  start(plan: SpawnPlan, session: string | null): Promise<Instance>;
  instances(server?: string): Instance[];
  stopServer(server: string, reason: string): Promise<void>;
  stopAll(reason: string): Promise<void>;
  logs(server: string, options: { after: number; words?: string | undefined; limit: number }): LogLine[];
  /** A state or log of `server` changed. Returns the way to stop. */
  onChange(listener: (server: string) => void): () => void;
}
