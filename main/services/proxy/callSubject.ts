import type { CallSubject } from '../../contract/ask.ts';
import type { Verdict } from '../../contract/verdict.ts';
import { contentEffect } from '../../core/gate/contentEffect.ts';
import { effectOf, undoText } from '../../core/gate/effect.ts';
import { type CallFacts, pointerStep } from '../../core/gate/facts.ts';
import { riskReasons } from '../../core/gate/risks.ts';
import type { Judged } from './judged.ts';
import { jsonText } from './params.ts';
import type { CallRoad } from './road.ts';
import { shownChanges } from './shownChange.ts';

/** What a person is shown of a call, drawn from the bytes that will run (SECURITY.md, prompt rule 2). */
export function callSubject(road: CallRoad, judged: Judged, verdict: Verdict): CallSubject {
  const { deps } = road;
  const { call, facts, raised, target } = judged;
  const { standing } = target;
  const args = call.args?.members ?? [];
  return {
    kind: 'call',
    ...(call.action === 'call' ? {} : { request: REQUESTS[call.action] }),
    session: road.session,
    client: road.client(),
    server: road.server,
    tool: call.tool,
    class: raised.class,
    effect: effect(road, judged),
    arguments: args.map(({ key, value }) => ({ pointer: `/${pointerStep(key)}`, json: jsonText(call.line, value) })),
    bytesDigest: deps.hash(call.content),
    definitionDigest: target.digest,
    launchDigest: road.launchDigest,
    reasons: [
      ...(standing.state === 'unreviewed' ? [UNREVIEWED[call.action]] : []),
      verdict.reason,
      ...raised.reasons,
      ...riskReasons(facts),
    ],
    undo: undoText(raised.class),
    rule: verdict.rule,
    serverSays: standing.description,
  };
}

const REQUESTS = {
  read_resource: 'resources/read',
  get_prompt: 'prompts/get',
  complete_prompt: 'completion/complete',
  complete_resource: 'completion/complete',
} as const;

const OFFERS = 'Nobody has reviewed what this server offers yet.';
const UNREVIEWED = {
  call: 'Nobody has reviewed this tool yet.',
  read_resource: OFFERS,
  get_prompt: OFFERS,
  complete_prompt: OFFERS,
  complete_resource: OFFERS,
} as const;

function effect({ server }: CallRoad, { call, facts, raised }: Judged): string {
  const { action, tool } = call;
  const { leaves, places } = facts;
  if (action !== 'call') return contentEffect(action, server, tool, places.real);
  return effectOf({ server, tool, class: raised.class, leaves, real: places.real });
}

/** The same with what becomes of files, as they are now: the sentence is drawn from that. */
export async function withChanges(road: CallRoad, subject: CallSubject, facts: CallFacts): Promise<CallSubject> {
  if (subject.request) return subject;
  const changes = await shownChanges(road.deps, subject.tool, facts);
  if (changes.length === 0) return subject;
  const { server, tool, class: toolClass } = subject;
  return { ...subject, effect: effectOf({ server, tool, class: toolClass, leaves: facts.leaves, changes }), changes };
}
