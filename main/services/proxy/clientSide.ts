import { type ErrorCode, refusal } from '../../contract/errors.ts';
import { type Envelope, readEnvelope } from '../../core/mcp/envelope.ts';
import { errorLine } from '../../core/mcp/messages.ts';
import { methodRow } from '../../core/mcp/methods.ts';
import { recoverIdOfLong } from '../../core/mcp/recover.ts';
import { closeAsking } from './asking.ts';
import { BatchAnswers } from './batch.ts';
import { governCall } from './call.ts';
import { cancelledId } from './cancelledId.ts';
import { clientClaim, modernMeta } from './clientClaim.ts';
import type { Flight } from './inFlight.ts';
import { forwardInspected } from './inspected.ts';
import { withNewline } from './lineBytes.ts';
import { closeIntent } from './outcome.ts';
import type { Wire } from './wire.ts';
import { rootsIn } from './workFolders.ts';

type Request = Extract<Envelope, { kind: 'request' }>;
type Notification = Extract<Envelope, { kind: 'notification' }>;
type Response = Extract<Envelope, { kind: 'response' }>;

/** Reads every line of the client: governed requests go down the road of `governCall`, the rest on as the same bytes. */
export class ClientSide {
  readonly #wire: Wire;
  #calls = 0;

  constructor(wire: Wire) {
    this.#wire = wire;
  }

  /** Tool calls that came, whatever became of them. */
  get calls(): number {
    return this.#calls;
  }

  line(line: Uint8Array, batch?: BatchAnswers): void {
    const read = readEnvelope(line);
    if (!read.ok) return this.#wire.refuse(read.code, read.detail, read.idJson, batch);
    const { envelope } = read;
    switch (envelope.kind) {
      case 'request':
        return this.#request(envelope, line, batch);
      case 'notification':
        return this.#notification(envelope, line);
      case 'response':
        return this.#response(envelope, line);
      case 'batch':
        return this.#batch(envelope.items);
    }
  }

  /** A line that the framing refused: its beginning and its end. */
  refused(code: ErrorCode, detail: string, head: Uint8Array, tail: Uint8Array): void {
    this.#wire.refuse(code, detail, recoverIdOfLong(head, tail));
  }

  /** Revision 2025-03-26: split, judged one by one, answered as a batch (PROTOCOL.md rule 10). An item is never a batch. */
  #batch(items: Uint8Array[]): void {
    const answers = new BatchAnswers((line) => this.#wire.toClient(line));
    for (const item of items) this.line(item, answers);
    answers.complete();
  }

  #request(request: Request, line: Uint8Array, batch?: BatchAnswers): void {
    const wire = this.#wire;
    const row = methodRow('client', request.method);
    if (row?.form !== 'request') return wire.refuse('METHOD_UNKNOWN', request.method, request.idJson, batch);
    if (wire.asked.has(request.id))
      return wire.refuse('ID_REFUSED', `${request.idJson} is in flight`, request.idJson, batch);
    const meta = modernMeta(line, request.params);
    if (!wire.era.request(request.method, meta !== undefined, row)) {
      return wire.refuse('WRONG_ERA', request.method, request.idJson, batch);
    }
    if (meta !== undefined) wire.lists.adoptMeta(meta);
    wire.claim(clientClaim(wire.client(), request.method, line, request.params));
    const flight: Flight = {
      id: request.id,
      idJson: request.idJson,
      method: request.method,
      startedAt: wire.deps.clock.monotonic(),
      modern: meta !== undefined,
      abort: new AbortController(),
      sent: false,
      deliver: batch ? batch.expect() : (answer) => answer && wire.toClient(answer),
    };
    wire.asked.add(flight);
    if (row.handling === 'governed') {
      if (request.method === 'tools/call') this.#calls += 1;
      return this.#watch(flight, governCall(wire, flight, line, request.params));
    }
    if (row.handling === 'refused') return this.#refuseFlight(flight, 'METHOD_DENIED', request.method);
    if (row.content) return this.#watch(flight, forwardInspected(wire, flight, line, request.params));
    wire.forward(flight, line);
  }

  /** A fault of our own on the way ends in a refusal. */
  #watch(flight: Flight, way: Promise<void>): void {
    const wire = this.#wire;
    way.catch((error) => {
      wire.deps.fault(error);
      closeIntent(wire, flight, flight.sent ? 'unknown' : 'not-sent', refusal('INTERNAL'));
      wire.answer(flight, errorLine(flight.idJson, refusal('INTERNAL')));
    });
  }

  #refuseFlight(flight: Flight, code: ErrorCode, detail: string): void {
    this.#wire.record(code, detail, flight.method);
    this.#wire.answer(flight, errorLine(flight.idJson, refusal(code, detail)));
  }

  #notification(message: Notification, line: Uint8Array): void {
    const wire = this.#wire;
    const row = methodRow('client', message.method);
    if (!row) return wire.record('METHOD_UNKNOWN', message.method, message.method);
    if (row.form === 'request') return wire.refuse('ID_REFUSED', `${message.method} without an id`, null);
    if (!wire.era.admits(row)) return wire.record('WRONG_ERA', message.method, message.method);
    if (message.method === 'notifications/cancelled') return this.#cancelled(message, line);
    wire.toServer(withNewline(line));
    if (message.method === 'notifications/initialized') wire.lists.begin();
  }

  /** Before sending, cancelling wins and nothing is forwarded; after sending, the effect is unknown and recorded as such. */
  #cancelled(message: Notification, line: Uint8Array): void {
    const wire = this.#wire;
    const id = cancelledId(line, message.params);
    const flight = id === null ? undefined : wire.asked.get(id);
    if (!flight || flight.settling) return;
    flight.abort.abort();
    wire.asked.cancel(flight);
    flight.deliver(null);
    if (!flight.sent) return;
    closeIntent(wire, flight, 'unknown', refusal('ASK_WITHDRAWN', 'the client cancelled after it was sent'));
    wire.toServer(withNewline(line));
  }

  #response(message: Response, line: Uint8Array): void {
    const wire = this.#wire;
    const answered = wire.askedBack.answered(message.id);
    if (answered === 'none') return wire.record('ID_REFUSED', 'an answer to nothing');
    if (answered === 'late') return;
    const span = message.result ?? message.error;
    const said = span ? line.subarray(span.start, span.end) : new Uint8Array();
    if (!closeAsking(wire, answered, message.error ? 'error' : 'ok', null, said))
      return wire.toServer(errorLine(answered.idJson, refusal('RESULT_WITHHELD')));
    if (answered.method === 'roots/list') wire.adoptRoots(rootsIn(line, message.result));
    wire.toServer(withNewline(line));
  }
}
