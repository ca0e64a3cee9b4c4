import { type ErrorCode, type Refusal, refusal } from '../../contract/errors.ts';
import type { ClientInfo } from '../../contract/server.ts';
import { EraTracker } from '../../core/mcp/era.ts';
import { cancelledLine, errorLine } from '../../core/mcp/messages.ts';
import type { Instance } from '../supervisor/ports.ts';
import { AskedBack } from './askedBack.ts';
import type { BatchAnswers } from './batch.ts';
import { type Flight, InFlight } from './inFlight.ts';
import { withNewline } from './lineBytes.ts';
import { Lists } from './lists.ts';
import { closeIntent } from './outcome.ts';
import type { Peer } from './ports.ts';
import type { CallRoad } from './road.ts';
import type { SessionDeps } from './sessionDeps.ts';

export interface SessionStart {
  readonly id: string;
  readonly server: string;
  readonly launchDigest: string;
  /** What relative paths may be taken from: the server's working directory first. */
  readonly folders: readonly string[];
  readonly client: ClientInfo;
  readonly peer: Peer;
  readonly instance: Instance;
}

/** What runs between the two ends of one session: requests in flight each way, the era, and the time they may take. */
export class Wire implements CallRoad {
  readonly deps: SessionDeps;
  readonly session: string;
  readonly server: string;
  readonly launchDigest: string;
  readonly era = new EraTracker();
  /** Requests of the client that the server has to answer. */
  readonly asked = new InFlight();
  /** Requests of the server that the client has to answer. */
  readonly askedBack = new AskedBack();
  readonly lists: Lists;
  readonly #peer: Peer;
  readonly #instance: Instance;
  /** Ends the session. */
  readonly #over: (why: Refusal) => void;
  #client: ClientInfo;
  #folders: readonly string[];
  #stopWaiting: (() => void) | null = null;
  #answeredOnce = false;
  #alive = true;

  constructor(deps: SessionDeps, start: SessionStart, over: (why: Refusal) => void) {
    this.deps = deps;
    this.session = start.id;
    this.server = start.server;
    this.launchDigest = start.launchDigest;
    this.#folders = start.folders;
    this.#peer = start.peer;
    this.#instance = start.instance;
    this.#over = over;
    this.#client = start.client;
    this.lists = new Lists({
      server: start.server,
      catalog: deps.catalog,
      newId: deps.newId,
      clock: deps.clock,
      waitMs: deps.limits.startMs,
      send: (line) => this.toServer(line),
      takesNotices: () => this.era.current === 'legacy',
      tell: (line) => this.toClient(line),
    });
  }

  client(): ClientInfo {
    return this.#client;
  }

  claim(client: ClientInfo): void {
    this.#client = client;
  }

  folders(): readonly string[] {
    return this.#folders;
  }

  /** The client told the server where it works: those count from now on as well. */
  adoptRoots(folders: readonly string[]): void {
    this.#folders = [...new Set([...this.#folders, ...folders])];
  }

  alive(): boolean {
    return this.#alive;
  }

  /** Nothing is sent to the server any more, and nobody waits for its first answer or its lists. */
  close(): void {
    this.#alive = false;
    this.#stopWaiting?.();
    this.lists.end();
  }

  forward(flight: Flight, line: Uint8Array): void {
    flight.sent = true;
    const { clock, limits } = this.deps;
    this.#stopWaiting ??= clock.after(limits.startMs, () => this.#startTimedOut());
    if (flight.intent) flight.stopWaiting = clock.after(limits.callMs, () => this.#callTimedOut(flight));
    this.toServer(withNewline(line));
  }

  /** The server answered: from the first time on it counts as ready. */
  heard(): void {
    if (this.#answeredOnce) return;
    this.#answeredOnce = true;
    this.#stopWaiting?.();
    this.#instance.markReady();
  }

  answer(flight: Flight, line: Uint8Array): void {
    if (this.asked.remove(flight)) flight.deliver(line);
  }

  toServer(bytes: Uint8Array): void {
    if (this.#alive && !this.#instance.write(bytes)) this.#peer.pause();
  }

  toClient(bytes: Uint8Array): void {
    if (!this.#peer.write(bytes)) this.#instance.pause();
  }

  /** A client's line that is not forwarded: recorded, and answered, for it may have wanted an answer. */
  refuse(code: ErrorCode, detail: string, idJson: string | null, batch?: BatchAnswers): void {
    this.record(code, detail);
    const line = errorLine(idJson, refusal(code, detail));
    if (batch) batch.expect()(line);
    else this.toClient(line);
  }

  /** Records that something of the client's was refused. */
  record(code: ErrorCode, detail: string, method?: string): void {
    this.deps.recordIfPossible({
      type: 'refused',
      event: 'from-client',
      session: this.session,
      server: this.server,
      client: this.#client,
      code,
      reason: detail,
      ...(method ? { method } : {}),
    });
  }

  /** Puts a line of the server that belongs nowhere into its log. */
  noise(what: string, line: Uint8Array): void {
    const text = new TextDecoder().decode(line.subarray(0, 2000));
    this.#instance.log('stdout', `${what}: ${text}`);
  }

  #startTimedOut(): void {
    if (!this.#answeredOnce) this.#over(refusal('SERVER_SILENT', 'it did not answer its first request'));
  }

  /** The server is told to stop; whether it does, and what it did, nobody knows. */
  #callTimedOut(flight: Flight): void {
    if (flight.settling) return;
    const why = refusal('SERVER_SILENT', `no answer within ${this.deps.limits.callMs / 1000} s`);
    closeIntent(this, flight, 'unknown', why);
    this.toServer(cancelledLine(flight.idJson, why.message));
    this.asked.cancel(flight);
    flight.deliver(errorLine(flight.idJson, why));
  }
}
