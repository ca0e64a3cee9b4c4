/**
 * The Cedar schema every policy is validated against, strictly, before it counts (docs.cedarpolicy.com/schema).
 *
 * - The principal is a session, in its person, the person's roles (`principal in Role::"lead"`) and its client program.
 * - The resource is a tool (`Tool::"server/tool"`), resource or prompt, in its server; a tool is in its families as well
 *   (`resource in Family::"mail"`). Completing a value is asked about what it completes.
 * - `context.arguments` has one tag per leaf of the arguments: JSON pointer → text.
 *   `context.arguments.hasTag("/path") && context.arguments.getTag("/path") like "/srv/*"`
 * - `context.places` has one tag per argument that is a path: JSON pointer → where it leads, links followed. Without the
 *   tag that is not certain, so what may only lie in one folder is written
 *   `forbid … unless { context.places.hasTag("/path") && context.places.getTag("/path") like "/srv/*" }`.
 * - `context.facts.within` holds every place that any path may mean and every folder above it:
 *   `context.facts.within.contains("/etc")`. `protected` names the groups of `core/gate/protected.ts`, `hosts` and
 *   `recipients` are in lower case, `sql` holds verbs such as `"delete"`, `options` and `shell` say that a name begins with
 *   a dash and that a plain value holds shell syntax, `uncertain` that a path could not be followed.
 * - `context.approvals` is how many people have approved. A rule that wants them is written
 *   `forbid … unless { context.approvals >= n }`, so that no permit elsewhere lifts it.
 * - `context.environment`, `tenant` and `region` are what `settings.json` says, or empty; roles and families are from there.
 * - `context.time` is now: `at` as Cedar's `datetime`, and of the local day `minutes` (from 0), `weekday` ("monday") and
 *   `date` ("2026-11-21"). A verdict of policies that read it is never remembered.
 * - `context.dryRun` is reserved: false until a call can run against a copy.
 */
export const CEDAR_SCHEMA = `
entity Role;
entity Person in [Role];
entity Client;
entity Session in [Person, Client];
entity Server;
entity Family;
entity Tool in [Server, Family] { name: String };
entity Resource in [Server] { uri: String };
entity Prompt in [Server] { name: String };
entity Arguments tags String;
entity Places tags String;

type Facts = {
  bytes: Long,
  options: Bool,
  shell: Bool,
  uncertain: Bool,
  hosts: Set<String>,
  recipients: Set<String>,
  sql: Set<String>,
  protected: Set<String>,
  within: Set<String>,
};
type Time = {
  at: datetime,
  minutes: Long,
  weekday: String,
  date: String,
};
type Asked = {
  class: String,
  approvals: Long,
  environment: String,
  tenant: String,
  region: String,
  time: Time,
  dryRun: Bool,
  facts: Facts,
  arguments: Arguments,
  places: Places,
};

action "call" appliesTo { principal: [Session], resource: [Tool], context: Asked };
action "read_resource" appliesTo { principal: [Session], resource: [Resource], context: Asked };
action "get_prompt" appliesTo { principal: [Session], resource: [Prompt], context: Asked };
action "complete_resource" appliesTo { principal: [Session], resource: [Resource], context: Asked };
action "complete_prompt" appliesTo { principal: [Session], resource: [Prompt], context: Asked };
`;

/** What may be asked of a policy: `tools/call`, `resources/read`, `prompts/get`, and `completion/complete` for either of those. */
export type PolicyAction = 'call' | 'read_resource' | 'get_prompt' | 'complete_resource' | 'complete_prompt';

/** The attributes of `Facts`. */
export const FACTS = [
  'bytes',
  'options',
  'shell',
  'uncertain',
  'hosts',
  'recipients',
  'sql',
  'protected',
  'within',
] as const;
export type FactName = (typeof FACTS)[number];

/** Each action's resource type, and the attribute that holds what the server calls it. */
export const RESOURCES = {
  call: { type: 'Tool', attribute: 'name' },
  read_resource: { type: 'Resource', attribute: 'uri' },
  get_prompt: { type: 'Prompt', attribute: 'name' },
  complete_resource: { type: 'Resource', attribute: 'uri' },
  complete_prompt: { type: 'Prompt', attribute: 'name' },
} as const satisfies Record<PolicyAction, { type: string; attribute: string }>;
