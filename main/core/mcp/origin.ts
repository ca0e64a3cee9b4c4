/** What clients and servers put beside a call that joins it to their own logs (PROTOCOL.md, “Who is calling”). */

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
/** Ids lie near the top of what a service answers. */
const DEEPEST = 6;

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

/** Ids of requests further down, out of a result as a value: by name, at most sixteen. */
export function downstreamIds(result: unknown): Record<string, string> {
  const ids: Record<string, string> = {};
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
  look(result, 0);
  return ids;
}

/** Codex sends it as an object, or as the text of one. */
function turnOf(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'string') return objectOf(value);
  try {
    return objectOf(JSON.parse(value));
  } catch {
    return {};
  }
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

function short(value: unknown): string | null {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value);
  return typeof value === 'string' && value !== '' && value.length <= LONGEST ? value : null;
}
