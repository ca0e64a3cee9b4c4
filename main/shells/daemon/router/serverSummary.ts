import { refusal } from '../../../contract/errors.ts';
import type { InstanceState, ServerEntry, ServerSummary } from '../../../contract/server.ts';
import { DEFINITION_KINDS } from '../../../contract/tool.ts';
import type { Core } from '../core.ts';

/** Which state speaks for a server with several instances: the worst that needs a person first, then the liveliest. */
const LOUDEST: readonly InstanceState[] = [
  'quarantined',
  'failed',
  'unhealthy',
  'backing-off',
  'starting',
  'ready',
  'stopped',
];

/** One server as the list shows it. */
export async function summarise(core: Core, name: string, entry: ServerEntry): Promise<ServerSummary> {
  const review = await core.launch.review(name);
  const instances = core.supervisor.instances(name).map((instance) => instance.info());
  const said = core.catalog.review(name, DEFINITION_KINDS);
  const tools = said.filter(({ kind }) => kind === 'tool');
  const standing = core.supervisor.standing(name);
  const loudest = LOUDEST.find((state) => instances.some((instance) => instance.state === state));
  const running = loudest ?? standing.state;
  const state: InstanceState = entry.disabled ? 'disabled' : review.consent !== 'given' ? 'consent-needed' : running;
  return {
    name,
    command: entry.command,
    args: entry.args,
    state,
    reason:
      reasonOf(state, review.consent) ??
      // Why an earlier instance ended says nothing of one that runs.
      (loudest
        ? (instances.find((instance) => instance.state === loudest)?.reason ?? null)
        : (standing.reason ?? core.inspections.lastFailure(name))),
    consent: review.consent,
    launchDigest: review.digest,
    instances,
    tools: {
      accepted: tools.filter((tool) => tool.state === 'accepted').length,
      held: said.filter((tool) => tool.state === 'new' || tool.state === 'changed').length,
      seen: tools.length > 0,
    },
    problem: review.problem,
  };
}

function reasonOf(state: InstanceState, consent: ServerSummary['consent']): string | null {
  if (state === 'disabled') return refusal('SERVER_DISABLED').message;
  if (state !== 'consent-needed') return null;
  return refusal(consent === 'changed' ? 'CONSENT_CHANGED' : 'CONSENT_NEEDED').message;
}
