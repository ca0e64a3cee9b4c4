import { Refused, refusal } from '../../contract/errors.ts';
import type { Clock } from '../clock.ts';
import { Inspector } from './inspector.ts';
import type { Session } from './session.ts';
import type { Sessions } from './sessions.ts';

/** Between pings of an instance that Countersign itself keeps, milliseconds. */
const PING_EVERY_MS = 30_000;
/** A server that does not answer a ping by then is given up, milliseconds. */
const PING_WAIT_MS = 10_000;

interface Deps {
  readonly sessions: Sessions;
  readonly clock: Clock;
  readonly version: string;
  readonly pid: number;
  readonly changed: (server: string) => void;
  readonly fault: (error: unknown) => void;
}

interface Running {
  readonly inspector: Inspector;
  readonly session: Session;
  stopPinging(): void;
}

/** Countersign's own sessions: started by a person to look at a server's tools, and kept alive by pings until stopped. */
export class Inspections {
  readonly #deps: Deps;
  readonly #opening = new Map<string, Promise<void>>();
  readonly #running = new Map<string, Running>();
  readonly #failures = new Map<string, string>();

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** Starts the server and reads what it offers. Throws `Refused` when it may not start or does not answer. */
  start(server: string): Promise<void> {
    const opening = this.#opening.get(server);
    if (opening) return opening;
    if (this.#running.has(server)) return Promise.resolve();
    const opened = this.#open(server).finally(() => this.#opening.delete(server));
    this.#opening.set(server, opened);
    return opened;
  }

  async #open(server: string): Promise<void> {
    const { sessions, version, pid, changed } = this.#deps;
    const prepared = await sessions.prepare(server, { name: 'Countersign', version, pid, program: null });
    const inspector = new Inspector(version);
    const session = prepared.attach(inspector.peer);
    const running: Running = { inspector, session, stopPinging: () => {} };
    this.#running.set(server, running);
    this.#failures.delete(server);
    inspector.onEnd(() => this.#ended(server, running));
    try {
      await inspector.initialize();
      await session.listsRead();
      if (this.#running.get(server) !== running) throw new Refused('SERVER_EXITED', 'it ended while it was looked at');
      this.#ping(server, running);
    } catch (error) {
      this.#failures.set(server, error instanceof Refused ? error.message : 'It did not answer as an MCP server does.');
      await session.end(refusal('SERVER_FAILED'));
      throw error;
    } finally {
      changed(server);
    }
  }

  stop(server: string): void {
    const running = this.#running.get(server);
    if (running) void running.session.end(refusal('SERVER_EXITED', 'stopped by a person'));
  }

  runs(server: string): boolean {
    return this.#running.has(server);
  }

  /** Why the last inspection of this server ended badly; null when it did not. */
  lastFailure(server: string): string | null {
    return this.#failures.get(server) ?? null;
  }

  #ping(server: string, running: Running): void {
    const { clock, fault } = this.#deps;
    running.stopPinging = clock.after(PING_EVERY_MS, () => {
      let giveUp = () => {};
      const answered = running.inspector.ping();
      giveUp = clock.after(PING_WAIT_MS, () => {
        this.#failures.set(server, 'It stopped answering pings.');
        running.session.end(refusal('SERVER_SILENT', 'no answer to a ping')).catch(fault);
      });
      answered.then(
        () => {
          giveUp();
          if (this.#running.get(server) === running) this.#ping(server, running);
        },
        () => giveUp(),
      );
    });
  }

  #ended(server: string, running: Running): void {
    running.stopPinging();
    if (this.#running.get(server) === running) this.#running.delete(server);
    this.#deps.changed(server);
  }
}
