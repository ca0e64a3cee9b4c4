/** A question as Cedar takes it: entities and context in Cedar's JSON format. */
import type { PolicyQuestion } from './question.ts';
import type { Reads } from './reads.ts';
import { RESOURCES } from './schema.ts';

export interface EntityUid {
  readonly type: string;
  readonly id: string;
}

export interface CedarRequest {
  readonly principal: EntityUid;
  readonly action: EntityUid;
  readonly resource: EntityUid;
  readonly context: Record<string, string | number | boolean | Record<string, number> | { __entity: EntityUid }>;
  readonly entities: {
    readonly uid: EntityUid;
    readonly attrs: Record<string, string>;
    readonly parents: EntityUid[];
    readonly tags?: Record<string, string>;
  }[];
}

/**
 * The request for this many approvals. Arguments go in as strings under JSON pointers and nowhere else: Cedar would
 * give `__entity` and `__extn` a meaning and refuses null and fractions. Leaves no policy reads are left out.
 */
export function cedarRequest(question: PolicyQuestion, approvals: number, reads: Reads): CedarRequest {
  const { type, attribute } = RESOURCES[question.action ?? 'call'];
  const principal = { type: 'Session', id: question.session };
  const resource = { type, id: `${question.server}/${question.tool}` };
  const values = { type: 'Arguments', id: 'arguments' };
  const owners = [{ type: 'Person', id: question.person }];
  if (question.client !== null) owners.push({ type: 'Client', id: question.client });
  return {
    principal,
    action: { type: 'Action', id: question.action ?? 'call' },
    resource,
    context: {
      class: question.class,
      approvals,
      dryRun: false,
      facts: { bytes: question.facts.bytes },
      arguments: { __entity: values },
    },
    entities: [
      { uid: principal, attrs: {}, parents: owners },
      { uid: resource, attrs: { [attribute]: question.tool }, parents: [{ type: 'Server', id: question.server }] },
      { uid: values, attrs: {}, parents: [], tags: tagsFor(question, reads) },
    ],
  };
}

/** The key under which this question's verdict may be kept while the policies in force stay the same. */
export function memoKey(question: PolicyQuestion, reads: Reads): string {
  return JSON.stringify([
    question.action ?? 'call',
    question.server,
    question.tool,
    reads.principal ? [question.person, question.session, question.client] : 0,
    reads.class ? question.class : 0,
    reads.bytes ? question.facts.bytes : 0,
    tagsFor(question, reads),
  ]);
}

function tagsFor({ facts }: PolicyQuestion, { tags }: Reads): Record<string, string> {
  if (tags === 'all') return Object.fromEntries(facts.leaves);
  const found: Record<string, string> = {};
  for (const pointer of tags) {
    const leaf = facts.leaves.get(pointer);
    if (leaf !== undefined) found[pointer] = leaf;
  }
  return found;
}
