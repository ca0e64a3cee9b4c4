/** What clients and servers put beside a call that joins it to their own logs (PROTOCOL.md, “Who is calling”). */
import { decodeUtf8 } from './utf8.ts';

const LONGEST = 200;
const MOST = 16;

/** `_meta` keys of requests, by client. */
const REQUEST_KEYS = [
  'claudecode/toolUseId',
  'callId',
  'threadId',
  'vscode.conversationId',
  'vscode.requestId',
  'ai.opencode/sessionID',
  'traceparent',
] as const;
const CODEX_TURN = 'x-codex-turn-metadata';

/** Names under which services give the id of a request, compared without case, dashes and underscores. */
const RESULT_NAMES: ReadonlySet<string> = new Set([
  'requestid',
  'xrequestid',
  'xamznrequestid',
  'xamzrequestid',
  'xmsrequestid',
  'cfray',
  'xgithubrequestid',
  'correlationid',
  'xcorrelationid',
  'traceid',
  'traceparent',
]);
/** A key that may be one of them: most results have none, and need not be parsed. */
const NAMES_ONE = /"(?<=(?:id|ray|traceparent)[-_]*")\s*:/i;
/** Ids lie near the top of what a service answers. */
const DEEPEST = 6;
/** Longer results are not looked into: what a service says of a request is short. */
const LONGEST_RESULT = 65_536;

export interface Origin {
  readonly ids: Readonly<Record<string, string>>;
  /** The model, where the client says it of this very call. */
  readonly model: string | null;
  /** What Claude Code's hooks name the call by. */
  readonly toolUse: string | null;
}

/** Reads the `_meta` of a request, as a value. */
export function originOf(meta: unknown): Origin {
  const members = objectOf(meta);
  const ids: Record<string, string> = {};
  for (const key of REQUEST_KEYS) {
    const value = short(members[key]);
    if (value !== null) ids[key] = value;
  }
  const turn = turnOf(members[CODEX_TURN]);
  for (const key of ['turn_id', 'session_id']) {
    const value = short(turn[key]);
    if (value !== null) ids[`${CODEX_TURN}/${key}`] = value;
  }
  return { ids, model: short(turn.model), toolUse: ids['claudecode/toolUseId'] ?? null };
}

/** Ids of requests further down, out of the JSON text of a result: by name, at most sixteen; none where it is no JSON. */
export function downstreamIds(result: Uint8Array): Record<string, string> {
  const ids: Record<string, string> = {};
  if (result.length > LONGEST_RESULT) return ids;
  const text = decodeUtf8(result);
  if (!NAMES_ONE.test(text)) return ids;
  const look = (value: unknown, depth: number): void => {
    if (depth > DEEPEST || Object.keys(ids).length >= MOST) return;
    if (Array.isArray(value)) {
      for (const one of value.slice(0, MOST)) look(one, depth + 1);
      return;
    }
    for (const [key, member] of Object.entries(objectOf(value))) {
      const id = RESULT_NAMES.has(key.toLowerCase().replaceAll(/[-_]/g, '')) ? short(member) : null;
      if (id !== null && Object.keys(ids).length < MOST) ids[key.slice(0, 80)] ??= id;
      else look(member, depth + 1);
    }
  };
  look(parsed(text), 0);
  return ids;
}

/** Codex sends it as an object, or as the text of one. */
function turnOf(value: unknown): Readonly<Record<string, unknown>> {
  return objectOf(typeof value === 'string' ? parsed(value) : value);
}

/** The value of a JSON text; undefined when it is none. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

function short(value: unknown): string | null {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value);
  return typeof value === 'string' && value !== '' && value.length <= LONGEST ? value : null;
}
