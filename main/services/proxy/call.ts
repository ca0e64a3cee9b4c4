import type { CallSubject } from '../../contract/ask.ts';
import { type Refusal, Refused, refusal } from '../../contract/errors.ts';
import type { Grant } from '../../contract/grant.ts';
import type { RecordDraft } from '../../contract/record.ts';
import type { ClientInfo } from '../../contract/server.ts';
import type { Verdict } from '../../contract/verdict.ts';
import { effectSentence, undoText } from '../../core/gate/effect.ts';
import { type CallFacts, pointerStep } from '../../core/gate/facts.ts';
import { riskReasons } from '../../core/gate/risks.ts';
import { variantOf } from '../../core/mcp/keys.ts';
import { toolRefusalLine } from '../../core/mcp/messages.ts';
import { type JsonNode, readStrict, toValue } from '../../core/mcp/strict.ts';
import type { Answer } from '../approvals/ports.ts';
import type { GrantCall } from '../grants/ports.ts';
import type { ToolStanding } from '../tools/ports.ts';
import { MODERN_VERSION } from './clientClaim.ts';
import type { Flight } from './inFlight.ts';
import { keepAlive } from './keepAlive.ts';
import { closeIntent } from './outcome.ts';
import { jsonText, member } from './params.ts';
import type { SessionDeps } from './sessionDeps.ts';
import type { ToolLists } from './toolLists.ts';

/** The members of `tools/call` params that have one word: a reader that folds case must not find another. */
const CALL_KEYS: ReadonlySet<string> = new Set(['name', 'arguments', '_meta', 'task']);

const WITHDRAWN = refusal('ASK_WITHDRAWN', 'cancelled before it was sent');

type Span = { start: number; end: number };

/** What a call needs of its session. */
export interface CallRoad {
  readonly deps: SessionDeps;
  readonly session: string;
  readonly server: string;
  readonly launchDigest: string;
  /** The server's working directory: what relative paths are taken from. */
  readonly folder: string;
  readonly lists: ToolLists;
  client(): ClientInfo;
  alive(): boolean;
  /** Sends the line to the server as it came. */
  forward(flight: Flight, line: Uint8Array): void;
  /** Answers the request and takes it out of flight; ignored when it is no longer there. */
  answer(flight: Flight, line: Uint8Array): void;
  toClient(line: Uint8Array): void;
}

/** Whose approval a call goes out with. */
type Approval = Pick<Answer, 'person' | 'via' | 'second'> & { readonly grant?: Grant };

/** The call as it was read: everything later is drawn from these spans. */
interface Call {
  readonly id: string;
  readonly line: Uint8Array;
  readonly params: Span;
  readonly tool: string;
  readonly args: Extract<JsonNode, { kind: 'object' }> | null;
  readonly tokenJson: string | null;
}

/**
 * The way of a tool call (DESIGN.md): read, expose, understand, decide, ask, record the intent, forward. The outcome is
 * recorded by the session when the answer comes. Every way out but the last line is a refusal that says why.
 */
export async function governCall(road: CallRoad, flight: Flight, line: Uint8Array, params: Span | null): Promise<void> {
  const { deps } = road;
  const arrived = deps.clock.monotonic();

  const call = readCall(deps, line, params, flight.modern);
  if ('code' in call) return refuse(road, flight, call, null);
  flight.tool = call.tool;

  const listing = road.lists.ready();
  if (listing) await listing;
  const looked = lookAt(road, call);
  const facts = looked instanceof Promise ? await looked : looked;
  if ('code' in facts) return refuse(road, flight, facts, call);
  const digest = road.lists.digest(call.tool);
  const standing = deps.catalog.standing(road.server, call.tool, digest);
  const held = exposure(standing, call.tool);
  if (held || digest === null) return refuse(road, flight, held ?? refusal('TOOL_UNKNOWN', call.tool), call);
  flight.class = standing.class;

  const args = call.args ? toValue(call.args) : {};
  const unfit = standing.inputSchema == null ? null : deps.checkArguments(digest, standing.inputSchema, args);
  if (unfit) return refuse(road, flight, refusal('ARGUMENTS_INVALID', unfit), call);

  const verdict = decide(road, call, standing, facts);
  if (verdict.decision === 'deny')
    return refuse(road, flight, refusal(verdict.code ?? 'POLICY_DENIED', verdict.reason), call, verdict);

  const off = switchedOff(road, call);
  if (off) return refuse(road, flight, off, call, verdict);

  let approval: Approval | null = null;
  if (verdict.decision === 'ask') {
    const seen = await deps.grants.look(callSubject(road, call, standing, digest, facts, verdict), call.args);
    const grant = verdict.approvals === 1 ? deps.grants.cover(seen) : null;
    const asked = grant ? byGrant(grant) : await askPerson(road, flight, call, seen, standing, verdict, arrived);
    if ('code' in asked) return refuse(road, flight, asked, call, verdict);
    approval = asked;
    // While the person read, the list, a pin or a switch may have moved: what was shown must still be what runs.
    const now = deps.catalog.standing(road.server, call.tool, road.lists.digest(call.tool));
    if (now.state !== standing.state || now.class !== standing.class || road.lists.digest(call.tool) !== digest) {
      return refuse(road, flight, refusal('TOOL_HELD', 'it changed while it was asked about'), call, verdict);
    }
    // The same for links (SECURITY.md, incident 5). A grant has just followed them, and is spent in this same turn.
    const moved = grant ? null : await pathsMoved(road, call, facts);
    if (moved) return refuse(road, flight, moved, call, verdict);
    const stopped = switchedOff(road, call);
    if (stopped) return refuse(road, flight, stopped, call, verdict);
  }
  if (gone(road, flight)) return refuse(road, flight, WITHDRAWN, call, verdict);

  const decided = approval?.grant ? grantedVerdict(verdict, approval.grant) : verdict;
  const failed = await recordIntent(road, flight, call, decided, digest, approval);
  if (failed) return refuse(road, flight, failed, call, verdict);
  if (gone(road, flight)) {
    closeIntent(road, flight, 'not-sent', WITHDRAWN);
    return;
  }
  road.forward(flight, line);
}

function switchedOff(road: CallRoad, { tool }: Call): Refusal | null {
  return road.deps.switches.stops({
    session: road.session,
    program: road.client().program,
    server: road.server,
    tool,
  });
}

/** A grant speaks for the person who gave it; nobody answered now. */
function byGrant(grant: Grant): Approval {
  return { person: grant.person, via: null, grant };
}

function grantedVerdict(verdict: Verdict, { id, person, givenAt }: Grant): Verdict {
  const reason = `${person} gave a grant for it at ${givenAt}.`;
  return { ...verdict, decision: 'allow', decider: 'grant', grant: id, reason };
}

function lookAt({ deps, folder }: CallRoad, call: Call): CallFacts | Promise<CallFacts | Refusal> {
  const found = deps.findFacts(call.args, folder);
  if (!(found instanceof Promise)) return found;
  return found.catch((error: unknown) => {
    if (error instanceof Refused) return error.refusal;
    throw error;
  });
}

function decide(road: CallRoad, call: Call, standing: ToolStanding, facts: CallFacts): Verdict {
  return road.deps.policy.decide({
    person: road.deps.person,
    session: road.session,
    client: road.client().program,
    server: road.server,
    tool: call.tool,
    class: standing.class,
    facts,
  });
}

async function pathsMoved(road: CallRoad, call: Call, before: CallFacts): Promise<Refusal | null> {
  const now = await lookAt(road, call);
  if ('code' in now) return now;
  const same = JSON.stringify(now.places.within) === JSON.stringify(before.places.within);
  return same ? null : refusal('ASK_CHANGED', 'its paths lead elsewhere by now');
}

function gone(road: CallRoad, flight: Flight): boolean {
  return flight.abort.signal.aborted || !road.alive();
}

function readCall(deps: SessionDeps, line: Uint8Array, params: Span | null, modern: boolean): Call | Refusal {
  if (!params) return refusal('INPUT_INVALID', 'tools/call without params');
  const read = readStrict(line, params);
  if (!read.ok) return refusal(read.code, `${read.detail} at byte ${read.offset}`);
  if (read.node.kind !== 'object') return refusal('INPUT_INVALID', 'params is not an object');
  for (const { key } of read.node.members) {
    const meant = variantOf(key, CALL_KEYS);
    if (meant !== null) return refusal('AMBIGUOUS', `${JSON.stringify(key)} could be read as ${JSON.stringify(meant)}`);
  }
  const name = member(read.node, 'name');
  const args = member(read.node, 'arguments');
  const meta = member(read.node, '_meta');
  if (name?.kind !== 'string') return refusal('INPUT_INVALID', 'the tool’s name is not a string');
  if (args && args.kind !== 'object') return refusal('INPUT_INVALID', 'arguments is not an object');
  if ((meta?.kind === 'object' && member(meta, MODERN_VERSION) !== undefined) !== modern) {
    return refusal('WRONG_ERA', 'tools/call');
  }
  const token = meta?.kind === 'object' ? member(meta, 'progressToken') : undefined;
  const usable = token?.kind === 'string' || token?.kind === 'number';
  return {
    id: deps.newId(),
    line,
    params,
    tool: name.value,
    args: args ?? null,
    tokenJson: token && usable ? jsonText(line, token) : null,
  };
}

/** Only what was reviewed as it is now may be called; before the first review of a server everything may be asked for. */
function exposure(standing: ToolStanding, tool: string): Refusal | null {
  switch (standing.state) {
    case 'accepted':
    case 'unreviewed':
      return null;
    case 'unknown':
      return refusal('TOOL_UNKNOWN', tool);
    case 'new':
    case 'changed':
      return refusal('TOOL_HELD', `${tool} is ${standing.state}`);
  }
}

async function askPerson(
  road: CallRoad,
  flight: Flight,
  call: Call,
  seen: GrantCall,
  standing: ToolStanding,
  verdict: Verdict,
  arrived: number,
): Promise<Approval | Refusal> {
  const { deps } = road;
  const offers = deps.grants.offers(seen, {
    approvals: verdict.approvals,
    reviewed: standing.state === 'accepted',
    inputSchema: standing.inputSchema,
  });
  const subject = offers ? { ...seen.subject, offers } : seen.subject;
  const late = deps.asks.late.take(subject, verdict.approvals);
  if (late) return { ...late, via: null };
  const nobody = deps.canAsk(standing.class);
  if (nobody) return nobody;
  const stop = call.tokenJson
    ? keepAlive(deps.clock, deps.limits.progressMs, call.tokenJson, (bytes) => road.toClient(bytes))
    : () => {};
  try {
    const left = deps.limits.askMs - (deps.clock.monotonic() - arrived);
    const { view, answer } = deps.asks.ask(subject, {
      deadlineMs: Math.max(0, left),
      signal: flight.abort.signal,
      call: call.id,
      approvals: verdict.approvals > 1 ? 2 : 1,
      effect: async ({ grant, person, via }) => {
        if (grant && person && via) deps.grants.give(seen, grant, { ask: view.id, person, via });
      },
    });
    const given = await answer;
    const { person, via, second } = given;
    if (given.approved) return { person, via, ...(second ? { second } : {}) };
    if (given.state === 'second') return refusal('SECOND_PENDING');
    if (given.state === 'timed-out') return refusal('ASK_TIMED_OUT');
    if (given.state === 'withdrawn') return refusal('ASK_WITHDRAWN');
    return refusal('ASK_DENIED', given.note ? `the person says: ${given.note}` : undefined);
  } catch (error) {
    if (error instanceof Refused) return error.refusal;
    throw error;
  } finally {
    stop();
  }
}

function callSubject(
  road: CallRoad,
  call: Call,
  standing: ToolStanding,
  digest: string,
  facts: CallFacts,
  verdict: Verdict,
): CallSubject {
  const { deps } = road;
  const args = call.args?.members ?? [];
  const raw = call.args ? call.line.subarray(call.args.start, call.args.end) : new Uint8Array();
  const shown = args.map(({ key, value }) => ({
    pointer: `/${pointerStep(key)}`,
    json: jsonText(call.line, value),
  }));
  return {
    kind: 'call',
    session: road.session,
    client: road.client(),
    server: road.server,
    tool: call.tool,
    class: standing.class,
    effect: effectSentence(road.server, call.tool, standing.class, facts.leaves),
    arguments: shown,
    bytesDigest: deps.hash(raw),
    definitionDigest: digest,
    launchDigest: road.launchDigest,
    reasons: [
      ...(standing.state === 'unreviewed' ? ['Nobody has reviewed this tool yet.'] : []),
      verdict.reason,
      ...riskReasons(facts),
    ],
    undo: undoText(standing.class),
    rule: verdict.rule,
    serverSays: standing.description,
  };
}

/** The intent is on disk before anything leaves; for what writes or leaves the machine it survives a power cut first. */
async function recordIntent(
  road: CallRoad,
  flight: Flight,
  call: Call,
  verdict: Verdict,
  digest: string,
  approval: Approval | null,
): Promise<Refusal | null> {
  const { audit, grants } = road.deps;
  try {
    // Counted first and in the same turn: a crash in between loses a use, and never counts one too few.
    if (approval?.grant) grants.use(approval.grant.id, call.id);
    const ref = audit.append(
      {
        ...callRecord(road, call, flight),
        type: 'intent',
        event: 'forwarding',
        decision: 'allow',
        rule: verdict.rule,
        reason: verdict.reason,
        digests: { definition: digest, launch: road.launchDigest },
        ...(verdict.grant ? { detail: { decider: verdict.decider, grant: verdict.grant } } : {}),
        ...(approval?.person ? { person: approval.person } : {}),
        ...(approval?.via ? { via: approval.via } : {}),
        ...(approval?.second ? { detail: { second: approval.second.person, device: approval.second.device } } : {}),
      },
      { kind: 'arguments', bytes: call.line.subarray(call.params.start, call.params.end) },
    );
    flight.intent = { ref, call: call.id };
    if (flight.class !== 'read') await audit.synced(ref);
    return null;
  } catch (error) {
    if (error instanceof Refused) return error.refusal;
    throw error;
  }
}

function callRecord(road: CallRoad, call: Call, flight: Flight): Omit<RecordDraft, 'type' | 'event'> {
  return {
    session: road.session,
    server: road.server,
    client: road.client(),
    method: 'tools/call',
    tool: call.tool,
    call: call.id,
    ...(flight.class ? { class: flight.class } : {}),
  };
}

/** A refusal is a tool result that says so (PROTOCOL.md rule 5), and a record that says why. */
function refuse(road: CallRoad, flight: Flight, why: Refusal, call: Call | null, verdict?: Verdict): void {
  if (flight.stopped) return;
  const { recordIfPossible } = road.deps;
  const who = call
    ? callRecord(road, call, flight)
    : { session: road.session, server: road.server, client: road.client(), method: 'tools/call' };
  recordIfPossible(
    {
      ...who,
      type: 'refused',
      event: 'from-client',
      decision: verdict?.decision ?? 'deny',
      code: why.code,
      reason: why.detail ?? why.message,
      ...(verdict ? { rule: verdict.rule } : {}),
    },
    call ? { kind: 'arguments', bytes: call.line.subarray(call.params.start, call.params.end) } : undefined,
  );
  closeIntent(road, flight, 'not-sent', why);
  road.answer(
    flight,
    toolRefusalLine(flight.idJson, why, flight.modern ? 'modern' : 'legacy', verdict && `Rule: ${verdict.rule.id}.`),
  );
}
