import type { CallSubject } from '../../contract/ask.ts';
import type { Verdict } from '../../contract/verdict.ts';
import { effectOf, undoText } from '../../core/gate/effect.ts';
import { type CallFacts, pointerStep } from '../../core/gate/facts.ts';
import { riskReasons } from '../../core/gate/risks.ts';
import type { Exposed } from './exposure.ts';
import { jsonText } from './params.ts';
import type { Call } from './readCall.ts';
import type { CallRoad } from './road.ts';
import { shownChanges } from './shownChange.ts';

/** What a person is shown of a call, drawn from the bytes that will run (SECURITY.md, prompt rule 2). */
export function callSubject(
  road: CallRoad,
  call: Call,
  { standing, digest }: Exposed,
  facts: CallFacts,
  verdict: Verdict,
): CallSubject {
  const { deps } = road;
  const args = call.args?.members ?? [];
  const raw = call.args ? call.line.subarray(call.args.start, call.args.end) : new Uint8Array();
  return {
    kind: 'call',
    session: road.session,
    client: road.client(),
    server: road.server,
    tool: call.tool,
    class: standing.class,
    effect: effectOf({
      server: road.server,
      tool: call.tool,
      class: standing.class,
      leaves: facts.leaves,
      real: facts.places.real,
    }),
    arguments: args.map(({ key, value }) => ({ pointer: `/${pointerStep(key)}`, json: jsonText(call.line, value) })),
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

/** The same with what becomes of files, as they are now: the sentence is drawn from that. */
export async function withChanges(road: CallRoad, subject: CallSubject, facts: CallFacts): Promise<CallSubject> {
  const changes = await shownChanges(road.deps, subject.tool, facts);
  if (changes.length === 0) return subject;
  const { server, tool, class: toolClass } = subject;
  return { ...subject, effect: effectOf({ server, tool, class: toolClass, leaves: facts.leaves, changes }), changes };
}
