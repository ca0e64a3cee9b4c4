import { type ErrorCode, type Refusal, refusal } from '../../contract/errors.ts';
import type { ClientInfo, SessionInfo } from '../../contract/server.ts';
import { secretField } from '../../core/gate/secretForm.ts';
import { type Envelope, readEnvelope } from '../../core/mcp/envelope.ts';
import { EraTracker } from '../../core/mcp/era.ts';
import { LineFramer } from '../../core/mcp/framing.ts';
import { cancelledLine, errorLine, toolRefusalLine } from '../../core/mcp/messages.ts';
import { type MethodRow, methodRow } from '../../core/mcp/methods.ts';
import { toValue } from '../../core/mcp/strict.ts';
import type { Instance } from '../supervisor/ports.ts';
import type { Switched } from '../switches/ports.ts';
import { BatchAnswers } from './batch.ts';
import { type CallRoad, governCall } from './call.ts';
import { clientClaim, modernMeta } from './clientClaim.ts';
import { type Flight, InFlight } from './inFlight.ts';
import { forwardInspected } from './inspected.ts';
import { withNewline } from './lineBytes.ts';
import { closeIntent } from './outcome.ts';
import { member, readParams } from './params.ts';
import type { Peer } from './ports.ts';
import { governResource } from './resource.ts';
import type { SessionDeps } from './sessionDeps.ts';
import { ToolLists } from './toolLists.ts';

type Request = Extract<Envelope, { kind: 'request' }>;
type Notification = Extract<Envelope, { kind: 'notification' }>;
type Response = Extract<Envelope, { kind: 'response' }>;
type Direction = 'client' | 'server';

export interface SessionStart {
  readonly id: string;
  readonly server: string;
  readonly launchDigest: string;
  /** The server's working directory. */
  readonly folder: string;
  readonly client: ClientInfo;
  readonly peer: Peer;
  readonly instance: Instance;
}

/**
 * One relay connection, one era, one instance: reads every line of both sides, sends governed ones down the road of
 * `governCall`, and forwards the rest as the same bytes.
 */
export class Session {
  readonly id: string;
  readonly server: string;
  readonly #deps: SessionDeps;
  readonly #start: SessionStart;
  readonly #since: string;
  readonly #era = new EraTracker();
  /** Requests of the client that the server has to answer. */
  readonly #asked = new InFlight();
  /** Requests of the server that the client has to answer. */
  readonly #askedBack = new Set<string | number>();
  readonly #lists: ToolLists;
  readonly #road: CallRoad;
  #stopWaiting: (() => void) | null = null;
  #client: ClientInfo;
  #calls = 0;
  #answeredOnce = false;
  #ended = false;
  #ending: Promise<void> | null = null;

  constructor(deps: SessionDeps, start: SessionStart) {
    this.id = start.id;
    this.server = start.server;
    this.#deps = deps;
    this.#start = start;
    this.#client = start.client;
    this.#since = deps.clock.now();
    this.#lists = new ToolLists({
      server: start.server,
      catalog: deps.catalog,
      newId: deps.newId,
      clock: deps.clock,
      waitMs: deps.limits.startMs,
      send: (line) => this.#toServer(line),
    });
    this.#road = {
      deps,
      session: start.id,
      server: start.server,
      launchDigest: start.launchDigest,
      folder: start.folder,
      client: () => this.#client,
      lists: this.#lists,
      alive: () => !this.#ended,
      forward: (flight, line) => this.#forward(flight, line),
      answer: (flight, line) => this.#answer(flight, line),
      toClient: (line) => this.#toClient(line),
    };
    this.#wire();
  }

  /** Resolves once the server's tools were read on this connection, or could not be. */
  async toolsRead(): Promise<void> {
    await this.#lists.ready();
  }

  info(): SessionInfo {
    return {
      id: this.id,
      server: this.server,
      client: this.#client,
      era: this.#era.current,
      since: this.#since,
      calls: this.#calls,
    };
  }

  /** Ends the session: what is in flight is answered with the reason, every open intent gets its outcome, the tree is stopped. */
  end(why: Refusal): Promise<void> {
    this.#ending ??= this.#end(why);
    return this.#ending;
  }

  /** Cancels what a kill switch covers: answered at once, cancelled at the server, its effect recorded as unknown. */
  stop(covered: (what: Switched) => boolean, why: Refusal): void {
    const who = { session: this.id, program: this.#client.program, server: this.server };
    for (const flight of this.#asked.all()) {
      const row = methodRow('client', flight.method);
      const judged = row?.form === 'request' && (row.handling === 'governed' || row.content === true);
      if (judged && !flight.settling && covered({ ...who, tool: flight.tool ?? null })) this.#stop(flight, why);
    }
  }

  #stop(flight: Flight, why: Refusal): void {
    const { sent, intent } = flight;
    flight.stopped = why;
    flight.abort.abort();
    closeIntent(this.#road, flight, sent ? 'unknown' : 'not-sent', why);
    if (!intent) this.#record('client', why.code, why.detail ?? why.message, flight.method);
    if (sent) this.#toServer(cancelledLine(flight.idJson, why.message));
    this.#asked.cancel(flight);
    flight.deliver(
      sent || flight.method !== 'tools/call'
        ? errorLine(flight.idJson, why)
        : toolRefusalLine(flight.idJson, why, flight.modern ? 'modern' : 'legacy'),
    );
  }

  async #end(why: Refusal): Promise<void> {
    this.#ended = true;
    this.#deps.grants.sessionOver(this.id);
    this.#stopWaiting?.();
    this.#lists.end();
    const settling: Promise<void>[] = [];
    for (const flight of this.#asked.all()) {
      flight.abort.abort();
      if (flight.settling) {
        settling.push(flight.settling);
        continue;
      }
      closeIntent(this.#road, flight, flight.sent ? 'unknown' : 'not-sent', why);
      flight.deliver(errorLine(flight.idJson, why));
      this.#asked.remove(flight);
    }
    // What was answered before the end still gets there.
    await Promise.all(settling);
    this.#deps.recordIfPossible({
      type: 'session',
      event: 'closed',
      session: this.id,
      server: this.server,
      client: this.#client,
      code: why.code,
      reason: why.detail ?? why.message,
      detail: { calls: this.#calls },
    });
    this.#start.peer.end();
    await this.#start.instance.stop(why.detail ?? why.message);
  }

  #wire(): void {
    const { peer, instance } = this.#start;
    const { limits } = this.#deps;
    const fromClient = new LineFramer(
      {
        line: (line) => this.#clientLine(line),
        refused: (code, detail, head) => this.#refuseLine(code, detail, head),
      },
      { maxLine: limits.clientLine, carriageReturns: 'refuse' },
    );
    const fromServer = new LineFramer(
      {
        line: (line) => this.#serverLine(line),
        refused: (code, detail, head) => this.#refuseServerLine(code, detail, head),
      },
      { maxLine: limits.serverLine, carriageReturns: 'allow' },
    );
    peer.onData((chunk) => !this.#ended && fromClient.push(chunk));
    peer.onDrain(() => instance.resume());
    peer.onEnd(() => {
      fromClient.end();
      void this.end(refusal('ASK_WITHDRAWN', 'the client closed the connection'));
    });
    instance.onOutput((chunk) => !this.#ended && fromServer.push(chunk));
    instance.onDrain(() => peer.resume());
    instance.onExit((reason) => {
      fromServer.end();
      void this.end(refusal('SERVER_EXITED', reason));
    });
  }

  // --- client → server

  #clientLine(line: Uint8Array, batch?: BatchAnswers): void {
    const read = readEnvelope(line);
    if (!read.ok) return this.#refuse('client', read.code, read.detail, read.idJson, batch);
    const { envelope } = read;
    switch (envelope.kind) {
      case 'request':
        return this.#clientRequest(envelope, line, batch);
      case 'notification':
        return this.#clientNotification(envelope, line);
      case 'response':
        return this.#clientResponse(envelope, line);
      case 'batch':
        return this.#clientBatch(envelope.items, batch);
    }
  }

  /** Revision 2025-03-26: split, judged one by one, answered as a batch (PROTOCOL.md rule 10). */
  #clientBatch(items: Uint8Array[], outer: BatchAnswers | undefined): void {
    if (outer) return this.#refuse('client', 'NOT_JSON', 'a batch inside a batch', null, outer);
    const answers = new BatchAnswers((line) => this.#toClient(line));
    for (const item of items) this.#clientLine(item, answers);
    answers.complete();
  }

  #clientRequest(request: Request, line: Uint8Array, batch?: BatchAnswers): void {
    const row = methodRow('client', request.method);
    if (row?.form !== 'request') return this.#refuse('client', 'METHOD_UNKNOWN', request.method, request.idJson, batch);
    if (this.#asked.has(request.id))
      return this.#refuse('client', 'ID_REFUSED', `${request.idJson} is in flight`, request.idJson, batch);
    const meta = modernMeta(line, request.params);
    if (!this.#era.request(request.method, meta !== undefined, row)) {
      return this.#refuse('client', 'WRONG_ERA', request.method, request.idJson, batch);
    }
    if (meta !== undefined) this.#lists.adoptMeta(meta);
    this.#client = clientClaim(this.#client, request.method, line, request.params);
    const flight: Flight = {
      id: request.id,
      idJson: request.idJson,
      method: request.method,
      startedAt: this.#deps.clock.monotonic(),
      modern: meta !== undefined,
      abort: new AbortController(),
      sent: false,
      deliver: batch ? batch.expect() : (answer) => answer && this.#toClient(answer),
    };
    this.#asked.add(flight);
    if (row.handling === 'governed') {
      this.#calls += 1;
      this.#watch(flight, governCall(this.#road, flight, line, request.params));
      return;
    }
    if (row.handling === 'refused') return this.#refuseFlight(flight, 'METHOD_DENIED', request.method);
    if (request.method === 'resources/read')
      return this.#watch(flight, governResource(this.#road, flight, line, request.params));
    if (row.content) return forwardInspected(this.#road, flight, line, request.params);
    this.#forward(flight, line);
  }

  /** A fault of our own on the way ends in a refusal. */
  #watch(flight: Flight, way: Promise<void>): void {
    way.catch((error) => {
      this.#deps.fault(error);
      closeIntent(this.#road, flight, flight.sent ? 'unknown' : 'not-sent', refusal('INTERNAL'));
      this.#answer(flight, errorLine(flight.idJson, refusal('INTERNAL')));
    });
  }

  #clientNotification(message: Notification, line: Uint8Array): void {
    const row = methodRow('client', message.method);
    if (!row) return this.#record('client', 'METHOD_UNKNOWN', message.method, message.method);
    if (row.form === 'request') return this.#refuse('client', 'ID_REFUSED', `${message.method} without an id`, null);
    if (!this.#era.admits(row)) return this.#record('client', 'WRONG_ERA', message.method, message.method);
    if (message.method === 'notifications/cancelled') return this.#cancelled(message, line);
    this.#toServer(withNewline(line));
    if (message.method === 'notifications/initialized') void this.#lists.read();
  }

  /** Before sending, cancelling wins and nothing is forwarded; after sending, the effect is unknown and recorded as such. */
  #cancelled(message: Notification, line: Uint8Array): void {
    const flight = this.#asked.get(cancelledId(line, message.params) ?? '');
    if (!flight || flight.settling) return;
    flight.abort.abort();
    this.#asked.cancel(flight);
    flight.deliver(null);
    if (!flight.sent) return;
    closeIntent(this.#road, flight, 'unknown', refusal('ASK_WITHDRAWN', 'the client cancelled after it was sent'));
    this.#toServer(withNewline(line));
  }

  #clientResponse(message: Response, line: Uint8Array): void {
    if (!this.#askedBack.delete(message.id)) return this.#record('client', 'ID_REFUSED', 'an answer to nothing');
    this.#toServer(withNewline(line));
  }

  // --- server → client

  #serverLine(line: Uint8Array): void {
    const read = readEnvelope(line);
    if (!read.ok) return this.#refuseServerLine(read.code, read.detail, line, read.idJson);
    const { envelope } = read;
    switch (envelope.kind) {
      case 'response':
        return this.#serverResponse(envelope, line);
      case 'request':
        return this.#serverRequest(envelope, line);
      case 'notification':
        return this.#serverNotification(envelope, line);
      case 'batch':
        for (const item of envelope.items) this.#serverLine(item);
    }
  }

  #serverResponse(message: Response, line: Uint8Array): void {
    if (!this.#answeredOnce) {
      this.#answeredOnce = true;
      this.#stopWaiting?.();
      this.#start.instance.markReady();
    }
    if (this.#lists.owns(message.id)) return this.#lists.answer(line);
    if (this.#asked.lateAnswer(message.id)) return this.#noise('an answer to a cancelled request', line);
    const flight = this.#asked.get(message.id);
    if (!flight?.sent || flight.settling) return this.#noise('an answer to nothing', line);
    this.#era.answered(flight.method, message.error === null);
    if (flight.intent) return this.#settle(flight, message, line);
    if (flight.method === 'tools/list' && message.result) {
      const filtered = this.#lists.filter(line);
      if (!filtered) return this.#answer(flight, errorLine(flight.idJson, refusal('AMBIGUOUS', 'the list of tools')));
      return this.#answer(flight, withNewline(filtered));
    }
    this.#answer(flight, withNewline(line));
  }

  /** Outcome on disk first, then the result (PRODUCT.md L2). */
  #settle(flight: Flight, message: Response, line: Uint8Array): void {
    const span = message.result ?? message.error;
    const payload = span ? line.subarray(span.start, span.end) : new Uint8Array();
    const written = closeIntent(this.#road, flight, message.error ? 'error' : 'ok', null, payload);
    if (written === null) return this.#answer(flight, errorLine(flight.idJson, refusal('RESULT_WITHHELD')));
    if (flight.class === 'read') return this.#answer(flight, withNewline(line));
    const answer = withNewline(line);
    flight.settling = written.then(
      () => this.#answer(flight, answer),
      () => this.#answer(flight, errorLine(flight.idJson, refusal('RESULT_WITHHELD'))),
    );
  }

  #serverRequest(request: Request, line: Uint8Array): void {
    const row = methodRow('server', request.method);
    const code = this.#refusedBack(row, request, line);
    if (code) {
      this.#deps.recordIfPossible({
        type: 'refused',
        event: 'from-server',
        session: this.id,
        server: this.server,
        client: this.#client,
        method: request.method,
        code,
      });
      return this.#toServer(errorLine(request.idJson, refusal(code, request.method)));
    }
    this.#askedBack.add(request.id);
    this.#toClient(withNewline(line));
  }

  #refusedBack(row: MethodRow | undefined, request: Request, line: Uint8Array): ErrorCode | null {
    if (row?.form !== 'request') return 'METHOD_UNKNOWN';
    if (row.handling === 'refused') return 'METHOD_DENIED';
    if (!this.#era.admits(row)) return 'WRONG_ERA';
    if (request.method === 'elicitation/create') {
      const params = readParams(line, request.params);
      if (!params || secretField(toValue(params)) !== null) return 'SECRET_ASKED';
    }
    return this.#askedBack.has(request.id) ? 'ID_REFUSED' : null;
  }

  #serverNotification(message: Notification, line: Uint8Array): void {
    const row = methodRow('server', message.method);
    if (row?.form !== 'notification' || !this.#era.admits(row)) {
      return this.#noise(`a notification that does not belong here, ${message.method}`, line);
    }
    this.#toClient(withNewline(line));
    if (message.method === 'notifications/tools/list_changed') void this.#lists.read();
  }

  // --- shared

  #forward(flight: Flight, line: Uint8Array): void {
    flight.sent = true;
    const { clock, limits } = this.#deps;
    this.#stopWaiting ??= clock.after(limits.startMs, () => this.#startTimedOut());
    if (flight.intent) flight.stopWaiting = clock.after(limits.callMs, () => this.#callTimedOut(flight));
    this.#toServer(withNewline(line));
  }

  #answer(flight: Flight, line: Uint8Array): void {
    if (this.#asked.remove(flight)) flight.deliver(line);
  }

  #toServer(bytes: Uint8Array): void {
    if (!this.#ended && !this.#start.instance.write(bytes)) this.#start.peer.pause();
  }

  #toClient(bytes: Uint8Array): void {
    if (!this.#start.peer.write(bytes)) this.#start.instance.pause();
  }

  #startTimedOut(): void {
    if (this.#answeredOnce) return;
    void this.end(refusal('SERVER_SILENT', 'it did not answer its first request'));
  }

  /** The server is told to stop; whether it does, and what it did, nobody knows. */
  #callTimedOut(flight: Flight): void {
    if (flight.settling) return;
    const why = refusal('SERVER_SILENT', `no answer within ${this.#deps.limits.callMs / 1000} s`);
    closeIntent(this.#road, flight, 'unknown', why);
    this.#toServer(cancelledLine(flight.idJson, why.message));
    this.#asked.cancel(flight);
    flight.deliver(errorLine(flight.idJson, why));
  }

  #refuseFlight(flight: Flight, code: ErrorCode, detail: string): void {
    this.#record('client', code, detail, flight.method);
    this.#answer(flight, errorLine(flight.idJson, refusal(code, detail)));
  }

  #refuseLine(code: ErrorCode, detail: string, head: Uint8Array): void {
    const read = readEnvelope(head);
    this.#refuse(
      'client',
      code,
      detail,
      read.ok ? ('idJson' in read.envelope ? read.envelope.idJson : null) : read.idJson,
    );
  }

  /** A line that is not forwarded: recorded, and answered when it wanted an answer. */
  #refuse(from: Direction, code: ErrorCode, detail: string, idJson: string | null, batch?: BatchAnswers): void {
    this.#record(from, code, detail);
    const line = errorLine(idJson, refusal(code, detail));
    if (batch) batch.expect()(line);
    else this.#toClient(line);
  }

  /** A line of the server that cannot be passed on: noise goes to its log; an answer that cannot be read safely becomes an error. */
  #refuseServerLine(code: ErrorCode, detail: string, line: Uint8Array, idJson: string | null = null): void {
    if (this.#lists.ownsText(idJson)) this.#lists.unreadable();
    const flight = this.#asked.all().find((one) => one.sent && !one.settling && one.idJson === idJson);
    if (!flight) return this.#noise(refusal(code, detail).message, line);
    const why = refusal(code, `the server’s answer: ${detail}`);
    closeIntent(this.#road, flight, 'error', why);
    this.#answer(flight, errorLine(flight.idJson, why));
  }

  #noise(what: string, line: Uint8Array): void {
    const text = new TextDecoder().decode(line.subarray(0, 2000));
    this.#start.instance.log('stdout', `${what}: ${text}`);
  }

  #record(from: Direction, code: ErrorCode, detail: string, method?: string): void {
    this.#deps.recordIfPossible({
      type: 'refused',
      event: `from-${from}`,
      session: this.id,
      server: this.server,
      client: this.#client,
      code,
      reason: detail,
      ...(method ? { method } : {}),
    });
  }
}

/** The id a `notifications/cancelled` names (MCP: params.requestId). */
function cancelledId(line: Uint8Array, params: { start: number; end: number } | null): string | number | null {
  const node = readParams(line, params);
  const id = node && member(node, 'requestId');
  if (id?.kind === 'string') return id.value;
  return id?.kind === 'number' ? Number(id.text) : null;
}
