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
  /** What it is kept to; null where it reaches whatever the account reaches. */
  readonly confinement: Confinement | null;
}

/** What a tree may see and change of the file system and the network; absolute paths, with links resolved where they exist. */
export interface Confinement {
  readonly network: boolean;
  readonly home: string;
  /** Changed for good: folders whole; a file with the folder it lies in, unless much else lies there. */
  readonly writes: readonly string[];
  /** Read although they lie in what is hidden. */
  readonly reads: readonly string[];
  /** Programs, scripts and whatever else has to be there wherever it lies; never changed. */
  readonly shows: readonly string[];
  /** Not seen at all, where they exist. */
  readonly hides: readonly string[];
  /** Not changed, even inside of what may be. */
  readonly keeps: readonly string[];
  /** Folders of the account in whose place the tree has one of its own. */
  readonly caches: readonly { readonly at: string; readonly from: string }[];
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
  /**
   * Waits out the back-off after a crash, then starts. `stops` is what `stops` said before the plan was made. Throws
   * `Refused` with SPAWN_FAILED, SERVER_FAILED (start limit reached, or the server was stopped since) or AUDIT_UNAVAILABLE.
   */
  start(plan: SpawnPlan, session: string | null, stops: number): Promise<Instance>;
  /**
   * How often a server was stopped. A start is void when it was stopped since its plan was made: the plan may hang on what
   * does not count any more, such as a secret that was revoked meanwhile.
   */
  stops(server: string): number;
  instances(server?: string): Instance[];
  /** Every server of which something runs, or was wanted, since the start. */
  known(): string[];
  /** Where a server without a running instance stands: `stopped`, `backing-off` or `failed`, and why. */
  standing(server: string): { state: InstanceInfo['state']; reason: string | null };
  /** A person's restart: forgets crashes, so that a failed server may start again. */
  reset(server: string): void;
  stopServer(server: string, reason: string): Promise<void>;
  stopAll(reason: string): Promise<void>;
  logs(server: string, options: { after: number; words?: string | undefined; limit: number }): LogLine[];
  /** A state or log of `server` changed. Returns the way to stop. */
  onChange(listener: (server: string) => void): () => void;
}

/** How a process tree ended. */
export interface ProcessEnd {
  readonly code: number | null;
  readonly signal: string | null;
  /** Processes that could not be killed (waiting in the kernel); 0 in ordinary life. */
  readonly survivors: number;
}

/** A spawned process tree as the operating system offers it: raw bytes, and one way to end it. */
export interface ProcessTree {
  readonly pid: number;
  write(bytes: Uint8Array): boolean;
  onDrain(listener: () => void): void;
  /** Chunks read before anyone listens are kept. */
  onOutput(listener: (chunk: Uint8Array) => void): void;
  onErrorOutput(listener: (chunk: Uint8Array) => void): void;
  pause(): void;
  resume(): void;
  /** Resolves, never rejects, when its first process has ended, nothing of the tree is left and all output was read. */
  readonly ended: Promise<ProcessEnd>;
  /** Closes stdin, then SIGTERM, then SIGKILL of the whole tree. Under 2 s. */
  stop(): Promise<ProcessEnd>;
}

/** Spawning, with a hold on whatever a tree forks and detaches. */
export interface Processes {
  /** How trees are held, in words; part of what a person agrees to. */
  readonly isolation: string;
  /** Whether a plan's confinement is enforced here; where not, it is passed over, and the launch says so. */
  readonly confines: boolean;
  /** Only descriptors 0 to 2, exactly the plan's environment and the mark. Throws `Refused('SPAWN_FAILED')`. */
  spawn(plan: SpawnPlan, instance: string): Promise<ProcessTree>;
}

/** Where log lines go to disk; it drops rather than grows, and never throws. */
export interface LogFiles {
  append(server: string, line: LogLine): void;
}
