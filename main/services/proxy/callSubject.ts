import type { CallSubject } from '../../contract/ask.ts';
import type { Verdict } from '../../contract/verdict.ts';
import { effectSentence, undoText } from '../../core/gate/effect.ts';
import { type CallFacts, pointerStep } from '../../core/gate/facts.ts';
import { riskReasons } from '../../core/gate/risks.ts';
import type { Exposed } from './exposure.ts';
import { jsonText } from './params.ts';
import type { Call } from './readCall.ts';
import type { CallRoad } from './road.ts';

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
    effect: effectSentence(road.server, call.tool, standing.class, facts.leaves),
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
