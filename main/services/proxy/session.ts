import { type Refusal, refusal } from '../../contract/errors.ts';
import type { SessionInfo } from '../../contract/server.ts';
import { LineFramer } from '../../core/mcp/framing.ts';
import type { Switched } from '../switches/ports.ts';
import { ClientSide } from './clientSide.ts';
import { endFlights, stopFlights } from './ending.ts';
import { ServerSide } from './serverSide.ts';
import type { SessionDeps } from './sessionDeps.ts';
import { type SessionStart, Wire } from './wire.ts';

/** One relay connection, one era, one instance: joins the two ends, line by line, until either is gone. */
export class Session {
  readonly id: string;
  readonly server: string;
  readonly #deps: SessionDeps;
  readonly #start: SessionStart;
  readonly #since: string;
  readonly #wire: Wire;
  readonly #fromClient: ClientSide;
  #ending: Promise<void> | null = null;

  constructor(deps: SessionDeps, start: SessionStart) {
    this.id = start.id;
    this.server = start.server;
    this.#deps = deps;
    this.#start = start;
    this.#since = deps.clock.now();
    this.#wire = new Wire(deps, start, (why) => void this.end(why));
    this.#fromClient = new ClientSide(this.#wire);
    this.#join(this.#fromClient, new ServerSide(this.#wire));
  }

  /** Resolves once what the server offers was read on this connection, or could not be. */
  listsRead(): Promise<void> {
    return this.#wire.lists.ready();
  }

  info(): SessionInfo {
    return {
      id: this.id,
      server: this.server,
      client: this.#wire.client(),
      era: this.#wire.era.current,
      since: this.#since,
      calls: this.#fromClient.calls,
    };
  }

  /** Ends the session: what is in flight is answered with the reason, every open intent gets its outcome, the tree is stopped. */
  end(why: Refusal): Promise<void> {
    this.#ending ??= this.#end(why);
    return this.#ending;
  }

  /** Cancels what a kill switch covers. */
  stop(covered: (what: Switched) => boolean, why: Refusal): void {
    stopFlights(this.#wire, covered, why);
  }

  async #end(why: Refusal): Promise<void> {
    this.#wire.close();
    this.#deps.grants.sessionOver(this.id);
    this.#deps.asks.sessionOver(this.id);
    await endFlights(this.#wire, why);
    this.#deps.recordIfPossible({
      type: 'session',
      event: 'closed',
      session: this.id,
      server: this.server,
      client: this.#wire.client(),
      code: why.code,
      reason: why.detail ?? why.message,
      detail: { calls: this.#fromClient.calls },
    });
    this.#start.peer.end();
    await this.#start.instance.stop(why.detail ?? why.message);
  }

  #join(client: ClientSide, server: ServerSide): void {
    const { peer, instance } = this.#start;
    const { limits } = this.#deps;
    const fromClient = new LineFramer(
      {
        line: (line) => client.line(line),
        refused: (code, detail, head, tail) => client.refused(code, detail, head, tail),
      },
      { maxLine: limits.clientLine, carriageReturns: 'refuse' },
    );
    const fromServer = new LineFramer(
      {
        line: (line) => server.line(line),
        refused: (code, detail, head, tail) => server.refused(code, detail, head, tail),
      },
      { maxLine: limits.serverLine, carriageReturns: 'allow' },
    );
    peer.onData((chunk) => this.#wire.alive() && fromClient.push(chunk));
    peer.onDrain(() => instance.resume());
    peer.onEnd(() => {
      fromClient.end();
      void this.end(refusal('ASK_WITHDRAWN', 'the client closed the connection'));
    });
    instance.onOutput((chunk) => this.#wire.alive() && fromServer.push(chunk));
    instance.onDrain(() => peer.resume());
    instance.onExit((reason) => {
      fromServer.end();
      void this.end(refusal('SERVER_EXITED', reason));
    });
  }
}
