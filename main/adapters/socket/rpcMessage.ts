/**
 * oRPC's peer messages (`@orpc/standard-server-peer`), checked before oRPC sees them: its message-port adapter decodes
 * in a promise that nobody awaits, so one malformed message would end the process that reads it.
 * Only what our contract needs comes through: POST requests without streamed or binary bodies.
 */

const EVENT_ITERATOR = 3;
const ABORT_SIGNAL = 4;
const KINDS = new Set(['message', 'error', 'done']);

type Message = Readonly<Record<string, unknown>>;

/** A request, or the abort of one, as a caller may send it; undefined for anything else. */
export function readRequest(bytes: Buffer): object | undefined {
  const message = parsed(bytes);
  if (message === undefined || typeof message.i !== 'string' || message.i.length > 64) return undefined;
  if (message.t === ABORT_SIGNAL) return message;
  if (message.t !== undefined || !isObject(message.p)) return undefined;
  const { u, m, h, b } = message.p;
  if (typeof u !== 'string' || !/^\/[A-Za-z0-9/_-]{1,256}$/.test(u) || m !== undefined) return undefined;
  if (h !== undefined && (!isObject(h) || !Object.entries(h).every(isPlainHeader))) return undefined;
  if (b !== undefined && !isObject(b)) return undefined;
  return message;
}

/** A response, one event of a stream, or the end of our own stream; undefined for anything else. */
export function readResponse(bytes: Buffer): object | undefined {
  const message = parsed(bytes);
  if (message === undefined || typeof message.i !== 'string') return undefined;
  if (message.t === ABORT_SIGNAL) return message;
  if (!isObject(message.p)) return undefined;
  if (message.t === EVENT_ITERATOR) return KINDS.has(String(message.p.e)) ? message : undefined;
  if (message.t !== undefined) return undefined;
  const { s, h } = message.p;
  if (s !== undefined && !Number.isSafeInteger(s)) return undefined;
  return h === undefined || isObject(h) ? message : undefined;
}

function isPlainHeader([name, value]: [string, unknown]): boolean {
  return !name.toLowerCase().startsWith('content-') && typeof value === 'string';
}

function parsed(bytes: Buffer): Message | undefined {
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'));
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Message {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
