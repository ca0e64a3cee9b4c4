/** The two ends of a conversation: a client and a server that do what a test says. */
import type { Instance } from '../supervisor/ports.ts';
import type { Peer } from './ports.ts';

const ignored = () => {};

export class ClientEnd implements Peer {
  /** Set when the session has let go of it. */
  hungUp = false;
  /** It writes bytes, or ends. */
  says: (bytes: Uint8Array) => void = ignored;
  ends: () => void = ignored;
  readonly #gets: (bytes: Uint8Array) => void;
  readonly onDrain = ignored;
  readonly pause = ignored;
  readonly resume = ignored;

  constructor(gets: (bytes: Uint8Array) => void) {
    this.#gets = gets;
  }
  write(bytes: Uint8Array): boolean {
    if (!this.hungUp) this.#gets(bytes);
    return true;
  }
  onData(listener: (chunk: Uint8Array) => void): void {
    this.says = listener;
  }
  onEnd(listener: () => void): void {
    this.ends = listener;
  }
  end(): void {
    this.hungUp = true;
  }
}

export class ServerEnd implements Instance {
  readonly id = 'instance';
  readonly server = 'files';
  readonly logged: string[] = [];
  /** Why the session has stopped it; null while it runs. */
  stopped: string | null = null;
  /** It writes bytes, or ends by itself. */
  says: (bytes: Uint8Array) => void = ignored;
  exits: (reason: string) => void = ignored;
  readonly #gets: (bytes: Uint8Array) => void;
  readonly onDrain = ignored;
  readonly pause = ignored;
  readonly resume = ignored;
  readonly markReady = ignored;

  constructor(gets: (bytes: Uint8Array) => void) {
    this.#gets = gets;
  }
  info(): never {
    throw new Error('nobody asks');
  }
  write(bytes: Uint8Array): boolean {
    this.#gets(bytes);
    return true;
  }
  onOutput(listener: (chunk: Uint8Array) => void): void {
    this.says = listener;
  }
  onExit(listener: (reason: string) => void): void {
    this.exits = listener;
  }
  log(_: string, text: string): void {
    this.logged.push(text);
  }
  async stop(reason: string): Promise<void> {
    this.stopped = reason;
  }
}
