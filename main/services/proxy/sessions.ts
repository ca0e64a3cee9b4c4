import { type Refusal, Refused, refusal } from '../../contract/errors.ts';
import type { ClientInfo, SessionInfo } from '../../contract/server.ts';
import type { LaunchDesk } from '../launch/ports.ts';
import type { Supervisor } from '../supervisor/ports.ts';
import type { Switched } from '../switches/ports.ts';
import type { FoldersAmong, Peer } from './ports.ts';
import { Session } from './session.ts';
import type { SessionDeps } from './sessionDeps.ts';
import { workFolders } from './workFolders.ts';

interface Deps extends SessionDeps {
  readonly launch: LaunchDesk;
  readonly supervisor: Supervisor;
  readonly foldersAmong: FoldersAmong;
  /** A session came, went, or said who it is. */
  readonly changed: () => void;
}

/** A session whose server runs and whose client is not connected yet. */
export interface Prepared {
  readonly id: string;
  attach(peer: Peer): Session;
  /** The client never came: stops the server again. */
  abandon(): Promise<void>;
}

/** The live sessions: one relay connection, one process tree each (PRODUCT.md S1). */
export class Sessions {
  readonly #deps: Deps;
  readonly #live = new Map<string, Session>();

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /**
   * Checks consent and starts the server. Throws `Refused` with whatever forbids it, after recording that it was refused.
   */
  async prepare(server: string, client: ClientInfo): Promise<Prepared> {
    const { launch, supervisor, switches, audit, newId, foldersAmong, recordIfPossible } = this.#deps;
    const id = newId();
    const who = { session: id, server, client };
    try {
      const off = switches.stops({ session: id, program: client.program, server, tool: null });
      if (off) throw new Refused(off.code, off.detail);
      // Whatever names a relay makes up, the supervisor keeps something of those alone that may be started.
      launch.checkStartable(server);
      const stops = supervisor.stops(server);
      const { plan, launchDigest } = await launch.plan(server);
      audit.append({ ...who, type: 'session', event: 'opened', digests: { launch: launchDigest } });
      const folders = await workFolders(plan, foldersAmong);
      const instance = await supervisor.start(plan, id, stops);
      return {
        id,
        attach: (peer) => {
          const session = new Session(this.#deps, {
            id,
            server,
            launchDigest,
            folders,
            client,
            peer,
            instance,
          });
          this.#live.set(id, session);
          instance.onExit(() => this.#forget(id));
          this.#deps.changed();
          return session;
        },
        abandon: () => instance.stop('the client went away before it was connected'),
      };
    } catch (error) {
      const why = (error as { refusal?: Refusal }).refusal ?? refusal('INTERNAL');
      recordIfPossible({
        ...who,
        type: 'session',
        event: 'refused',
        code: why.code,
        reason: why.detail ?? why.message,
      });
      throw error;
    }
  }

  list(): SessionInfo[] {
    return [...this.#live.values()].map((session) => session.info());
  }

  /** Cancels the calls in flight that a kill switch covers. */
  stop(covered: (what: Switched) => boolean, why: Refusal): void {
    for (const session of this.#live.values()) session.stop(covered, why);
  }

  endServer(server: string, why: Refusal): void {
    for (const session of this.#live.values()) if (session.server === server) void session.end(why);
  }

  async endAll(why: Refusal): Promise<void> {
    await Promise.all([...this.#live.values()].map((session) => session.end(why)));
  }

  #forget(id: string): void {
    if (this.#live.delete(id)) this.#deps.changed();
  }
}
