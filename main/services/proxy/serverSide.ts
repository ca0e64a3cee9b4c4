import { type ErrorCode, refusal } from '../../contract/errors.ts';
import { isOpenable } from '../../core/gate/openable.ts';
import { secretField } from '../../core/gate/secretForm.ts';
import { type Envelope, readEnvelope } from '../../core/mcp/envelope.ts';
import { errorLine } from '../../core/mcp/messages.ts';
import { type MethodRow, methodRow } from '../../core/mcp/methods.ts';
import { recoverId, recoverIdOfLong } from '../../core/mcp/recover.ts';
import { toValue } from '../../core/mcp/strict.ts';
import { closeAsking, recordAsking } from './asking.ts';
import { cancelledId } from './cancelledId.ts';
import type { Flight } from './inFlight.ts';
import { withNewline } from './lineBytes.ts';
import { closeIntent } from './outcome.ts';
import { readParams } from './params.ts';
import { switchedOff } from './stopped.ts';
import type { Wire } from './wire.ts';

type Request = Extract<Envelope, { kind: 'request' }>;
type Notification = Extract<Envelope, { kind: 'notification' }>;
type Response = Extract<Envelope, { kind: 'response' }>;

/** Reads every line of the server: answers are matched to what was asked, its own requests and notices are judged. */
export class ServerSide {
  readonly #wire: Wire;

  constructor(wire: Wire) {
    this.#wire = wire;
  }

  line(line: Uint8Array): void {
    const read = readEnvelope(line);
    if (!read.ok) return this.refused(read.code, read.detail, line);
    const { envelope } = read;
    switch (envelope.kind) {
      case 'response':
        return this.#response(envelope, line);
      case 'request':
        return this.#request(envelope, line);
      case 'notification':
        return this.#notification(envelope, line);
      case 'batch':
        for (const item of envelope.items) this.line(item);
    }
  }

  /**
   * A line that cannot be passed on, or its beginning and its end: noise goes to the server's log; an answer that cannot
   * be read safely becomes an error.
   */
  refused(code: ErrorCode, detail: string, line: Uint8Array, tail?: Uint8Array): void {
    const wire = this.#wire;
    const idJson = tail ? recoverIdOfLong(line, tail) : recoverId(line);
    wire.lists.ownerOfText(idJson)?.unreadable();
    const flight = wire.asked.all().find((one) => one.sent && !one.settling && one.idJson === idJson);
    if (!flight) return wire.noise(refusal(code, detail).message, line);
    const why = refusal(code, `the server’s answer: ${detail}`);
    closeIntent(wire, flight, 'error', why);
    wire.answer(flight, errorLine(flight.idJson, why));
  }

  #response(message: Response, line: Uint8Array): void {
    const wire = this.#wire;
    wire.heard();
    const list = wire.lists.owner(message.id);
    if (list) return list.answer(line);
    if (wire.asked.lateAnswer(message.id)) return wire.noise('an answer to a cancelled request', line);
    const flight = wire.asked.get(message.id);
    if (!flight?.sent || flight.settling) return wire.noise('an answer to nothing', line);
    wire.era.answered(flight.method, message.error === null);
    if (flight.intent) return this.#settle(flight, message, line);
    const filtered = message.result ? wire.lists.filter(flight.method, line) : line;
    if (!filtered)
      return wire.answer(flight, errorLine(flight.idJson, refusal('AMBIGUOUS', `the answer to ${flight.method}`)));
    wire.answer(flight, withNewline(filtered));
  }

  /** Outcome on disk first, then the result (PRODUCT.md L2). */
  #settle(flight: Flight, message: Response, line: Uint8Array): void {
    const wire = this.#wire;
    const span = message.result ?? message.error;
    const payload = span ? line.subarray(span.start, span.end) : new Uint8Array();
    const written = closeIntent(wire, flight, message.error ? 'error' : 'ok', null, payload);
    if (written === null) return wire.answer(flight, errorLine(flight.idJson, refusal('RESULT_WITHHELD')));
    if (flight.class === 'read') return wire.answer(flight, withNewline(line));
    const answer = withNewline(line);
    flight.settling = written.then(
      () => wire.answer(flight, answer),
      () => wire.answer(flight, errorLine(flight.idJson, refusal('RESULT_WITHHELD'))),
    );
  }

  #request(request: Request, line: Uint8Array): void {
    const wire = this.#wire;
    const row = methodRow('server', request.method);
    const code = this.#refusedBack(row, request, line);
    if (code) {
      wire.deps.recordIfPossible({
        type: 'refused',
        event: 'from-server',
        session: wire.session,
        server: wire.server,
        client: wire.client(),
        method: request.method,
        code,
      });
      return wire.toServer(errorLine(request.idJson, refusal(code, request.method)));
    }
    const { id, idJson, method } = request;
    const call = row?.content ? recordAsking(wire, method, line, request.params) : null;
    if (call !== null && typeof call !== 'string') return wire.toServer(errorLine(idJson, call));
    wire.askedBack.add({ id, idJson, method, call, startedAt: wire.deps.clock.monotonic() });
    wire.toClient(withNewline(line));
  }

  #refusedBack(row: MethodRow | undefined, request: Request, line: Uint8Array): ErrorCode | null {
    if (row?.form !== 'request') return 'METHOD_UNKNOWN';
    if (row.handling === 'refused') return 'METHOD_DENIED';
    const wire = this.#wire;
    if (!wire.era.admits(row)) return 'WRONG_ERA';
    if (row.content && switchedOff(wire, null)) return 'SWITCHED_OFF';
    if (request.method === 'elicitation/create') {
      const params = readParams(line, request.params);
      const value = params && (toValue(params) as { readonly mode?: unknown; readonly url?: unknown });
      if (!value || secretField(value) !== null) return 'SECRET_ASKED';
      if ((value.mode === 'url' || value.url !== undefined) && !isOpenable(value.url)) return 'ADDRESS_REFUSED';
    }
    return wire.askedBack.has(request.id) ? 'ID_REFUSED' : null;
  }

  #notification(message: Notification, line: Uint8Array): void {
    const wire = this.#wire;
    const row = methodRow('server', message.method);
    if (row?.form !== 'notification' || !wire.era.admits(row)) {
      return wire.noise(`a notification that does not belong here, ${message.method}`, line);
    }
    if (message.method === 'notifications/cancelled') {
      const id = cancelledId(line, message.params);
      const asked = id === null ? undefined : wire.askedBack.takeBack(id);
      if (asked) closeAsking(wire, asked, 'unknown', refusal('ASK_WITHDRAWN', 'the server took its question back'));
    }
    wire.toClient(withNewline(line));
    wire.lists.noticed(message.method);
  }
}
