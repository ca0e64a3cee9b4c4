/**
 * Every method of MCP 2024-11-05 to 2025-11-25 (the legacy era) and 2026-07-28 with its tasks and skills extensions
 * (the modern era): who sends it, what the gate does with it. What is not here is denied.
 */

export type Era = 'legacy' | 'modern';
/** Who sends it. */
export type Direction = 'client' | 'server';
export type Form = 'request' | 'notification';

/**
 * - `governed`: through the whole gate, strictly read, verdict, intent and outcome.
 * - `inspected`: the session reads it, or its answer, before it goes on; no verdict of its own.
 * - `passed`: forwarded as the same bytes.
 * - `refused`: answered with METHOD_DENIED.
 */
export type Handling = 'governed' | 'passed' | 'inspected' | 'refused';

export interface MethodRow {
  readonly method: string;
  readonly direction: Direction;
  readonly form: Form;
  readonly eras: readonly Era[];
  readonly handling: Handling;
  /** Its parameters or its answer carry what someone wrote or stored, so it is recorded (SECURITY.md rule 13). */
  readonly content: boolean;
}

const LEGACY = ['legacy'] as const;
const MODERN = ['modern'] as const;
const BOTH = ['legacy', 'modern'] as const;
const CONTENT = true;
const PLAIN = false;

type Columns = readonly [method: string, eras: readonly Era[], handling: Handling, content: boolean];

const CLIENT_REQUESTS: readonly Columns[] = [
  // The handshake fixes the era and says who calls.
  ['initialize', LEGACY, 'inspected', PLAIN],
  ['server/discover', MODERN, 'inspected', PLAIN],
  ['ping', LEGACY, 'passed', PLAIN],
  // Lists of definitions are filtered, and compared with the pins.
  ['tools/list', BOTH, 'inspected', PLAIN],
  ['tools/call', BOTH, 'governed', CONTENT],
  ['resources/list', BOTH, 'passed', PLAIN],
  ['resources/templates/list', BOTH, 'inspected', PLAIN],
  ['resources/read', BOTH, 'governed', CONTENT],
  ['resources/subscribe', LEGACY, 'passed', PLAIN],
  ['resources/unsubscribe', LEGACY, 'passed', PLAIN],
  ['subscriptions/listen', MODERN, 'passed', PLAIN],
  ['prompts/list', BOTH, 'inspected', PLAIN],
  ['prompts/get', BOTH, 'governed', CONTENT],
  ['completion/complete', BOTH, 'governed', CONTENT],
  ['logging/setLevel', LEGACY, 'passed', PLAIN],
  // Tasks: 2025-11-25 has them in the core, 2026-07-28 as extension io.modelcontextprotocol/tasks (SEP-2663), where
  // `tasks/get` brings the result and `tasks/update` what the client answers.
  ['tasks/get', BOTH, 'inspected', CONTENT],
  ['tasks/result', LEGACY, 'inspected', CONTENT],
  ['tasks/list', LEGACY, 'inspected', CONTENT],
  ['tasks/cancel', BOTH, 'passed', PLAIN],
  ['tasks/update', MODERN, 'inspected', CONTENT],
  // Extension io.modelcontextprotocol/skills (SEP-2640), which serves older revisions too.
  ['skills/list', BOTH, 'inspected', CONTENT],
  ['skills/get', BOTH, 'inspected', CONTENT],
  ['resources/directory/read', BOTH, 'governed', CONTENT],
];

const CLIENT_NOTIFICATIONS: readonly Columns[] = [
  ['notifications/initialized', LEGACY, 'inspected', PLAIN],
  // Withdraws a pending ask.
  ['notifications/cancelled', BOTH, 'inspected', PLAIN],
  ['notifications/progress', LEGACY, 'inspected', CONTENT],
  ['notifications/roots/list_changed', LEGACY, 'passed', PLAIN],
  ['notifications/tasks/status', LEGACY, 'inspected', CONTENT],
];

const SERVER_REQUESTS: readonly Columns[] = [
  ['ping', LEGACY, 'passed', PLAIN],
  // A server that borrows the client's model can steer it: off until a policy allows it.
  ['sampling/createMessage', LEGACY, 'refused', CONTENT],
  // Forms that ask for secrets are refused, and addresses that are no plain web address.
  ['elicitation/create', LEGACY, 'inspected', CONTENT],
  ['roots/list', LEGACY, 'inspected', CONTENT],
  // About tasks the client runs for the server: results of sampling and elicitation come this way.
  ['tasks/get', LEGACY, 'inspected', CONTENT],
  ['tasks/result', LEGACY, 'inspected', CONTENT],
  ['tasks/list', LEGACY, 'inspected', CONTENT],
  ['tasks/cancel', LEGACY, 'passed', PLAIN],
];

const SERVER_NOTIFICATIONS: readonly Columns[] = [
  ['notifications/cancelled', BOTH, 'inspected', PLAIN],
  ['notifications/progress', BOTH, 'inspected', CONTENT],
  ['notifications/message', BOTH, 'inspected', CONTENT],
  ['notifications/resources/updated', BOTH, 'passed', PLAIN],
  // The gate lists them again.
  ['notifications/resources/list_changed', BOTH, 'inspected', PLAIN],
  ['notifications/prompts/list_changed', BOTH, 'inspected', PLAIN],
  ['notifications/tools/list_changed', BOTH, 'inspected', PLAIN],
  ['notifications/subscriptions/acknowledged', MODERN, 'passed', PLAIN],
  ['notifications/elicitation/complete', LEGACY, 'passed', PLAIN],
  ['notifications/tasks/status', LEGACY, 'inspected', CONTENT],
  ['notifications/tasks', MODERN, 'inspected', CONTENT],
];

function rows(direction: Direction, form: Form, table: readonly Columns[]): [string, MethodRow][] {
  return table.map(([method, eras, handling, content]) => [
    `${direction} ${method}`,
    { method, direction, form, eras, handling, content },
  ]);
}

const TABLE: ReadonlyMap<string, MethodRow> = new Map([
  ...rows('client', 'request', CLIENT_REQUESTS),
  ...rows('client', 'notification', CLIENT_NOTIFICATIONS),
  ...rows('server', 'request', SERVER_REQUESTS),
  ...rows('server', 'notification', SERVER_NOTIFICATIONS),
]);

/** All rows, for listing and for tests. */
export const METHODS: readonly MethodRow[] = [...TABLE.values()];

/**
 * The row of a method, or undefined for one that is unknown in this direction: the caller denies it and lists it. A
 * request whose row says `notification`, or the other way round, is to be denied too.
 */
export function methodRow(direction: Direction, method: string): MethodRow | undefined {
  return TABLE.get(`${direction} ${method}`);
}
