/** The answer to `initialize` (up to 2025-11-25) or `server/discover` (2026-07-28): what a server says of itself as a whole. */

import { type Member, readMembers, type Span } from './members.ts';
import type { Fault } from './scanner.ts';

/** Where revision 2026-07-28 has the server's identity: in the `_meta` of a result. */
const IDENTITY_KEY = 'io.modelcontextprotocol/serverInfo';

export interface Greeting {
  /** The value of `instructions`, a string or not; null when there is none, or none to read. */
  readonly instructions: Span | null;
  /** Each place that says who the server is: `serverInfo`, and the key of `_meta`. */
  readonly identities: readonly Span[];
  /** What the server declares that it can do, by name. */
  readonly capabilities: readonly string[];
}

/**
 * Reads such a response that has a result. Refuses what `readMembers` refuses on the way to these members; what is in
 * them is checked against the grammar only.
 */
export function readGreeting(line: Uint8Array): ({ ok: true } & Greeting) | ({ ok: false } & Fault) {
  const message = readMembers(line);
  if (!message.ok) return message;
  const result = inside(line, named(message.members, 'result'));
  if (!result.ok) return result;
  const meta = inside(line, named(result.members, '_meta'));
  if (!meta.ok) return meta;
  const capabilities = inside(line, named(result.members, 'capabilities'));
  if (!capabilities.ok) return capabilities;
  const instructions = named(result.members, 'instructions');
  const identities = [named(result.members, 'serverInfo'), named(meta.members, IDENTITY_KEY)];
  return {
    ok: true,
    // JSON null is nothing to read.
    instructions: instructions && line[instructions.start] !== 0x6e ? instructions : null,
    identities: identities.filter((one) => one !== undefined),
    capabilities: capabilities.members.map(({ key }) => key),
  };
}

function named(members: readonly Member[], key: string): Member | undefined {
  return members.find((one) => one.key === key);
}

/** The members of an object; none where there is another kind of value, or nothing. */
function inside(line: Uint8Array, span: Span | undefined): ReturnType<typeof readMembers> {
  if (span === undefined || line[span.start] !== 0x7b) return { ok: true, members: [] };
  return readMembers(line, span.start, span.end);
}
