/** A question as Cedar takes it: entities and context in Cedar's JSON format. */
import type { PolicyQuestion, Situation } from './question.ts';
import type { Reads } from './reads.ts';
import type { FactName } from './schema.ts';
import { RESOURCES } from './schema.ts';
import type { PolicyTime } from './time.ts';

export interface EntityUid {
  readonly type: string;
  readonly id: string;
}

type FactValues = Record<string, number | boolean | string[]>;
type TimeValues = Record<string, string | number | { __extn: { fn: string; arg: string } }>;

/** What is so around a question, as its policies see it. */
export interface Around {
  readonly situation: Situation;
  readonly families: readonly string[];
  /** Null when no policy reads it. */
  readonly time: PolicyTime | null;
}

export interface CedarRequest {
  readonly principal: EntityUid;
  readonly action: EntityUid;
  readonly resource: EntityUid;
  readonly context: Record<string, string | number | boolean | FactValues | TimeValues | { __entity: EntityUid }>;
  readonly entities: {
    readonly uid: EntityUid;
    readonly attrs: Record<string, string>;
    readonly parents: EntityUid[];
    readonly tags?: Record<string, string>;
  }[];
}

/**
 * The request for this many approvals. Arguments go in as strings under JSON pointers and nowhere else: Cedar would
 * give `__entity` and `__extn` a meaning and refuses null and fractions. What no policy reads is left out: a policy that
 * reads it all the same errs, and that denies.
 */
export function cedarRequest(
  question: PolicyQuestion,
  approvals: number,
  reads: Reads,
  { situation, families, time }: Around,
): CedarRequest {
  const { type, attribute } = RESOURCES[question.action ?? 'call'];
  const principal = { type: 'Session', id: question.session };
  const resource = { type, id: `${question.server}/${question.tool}` };
  const values = { type: 'Arguments', id: 'arguments' };
  const places = { type: 'Places', id: 'places' };
  const person = { type: 'Person', id: question.person };
  const owners = question.client === null ? [person] : [person, { type: 'Client', id: question.client }];
  const { environment, tenant, region } = situation;
  return {
    principal,
    action: { type: 'Action', id: question.action ?? 'call' },
    resource,
    context: {
      class: question.class,
      approvals,
      dryRun: false,
      environment,
      tenant,
      region,
      ...(time === null ? {} : { time: timeValues(time) }),
      facts: factsFor(question, reads),
      arguments: { __entity: values },
      places: { __entity: places },
    },
    entities: [
      { uid: principal, attrs: {}, parents: owners },
      { uid: person, attrs: {}, parents: situation.roles.map((id) => ({ type: 'Role', id })) },
      {
        uid: resource,
        attrs: { [attribute]: question.tool },
        parents: [{ type: 'Server', id: question.server }, ...families.map((id) => ({ type: 'Family', id }))],
      },
      { uid: values, attrs: {}, parents: [], tags: tagsFor(question.facts.leaves, reads.tags) },
      { uid: places, attrs: {}, parents: [], tags: tagsFor(question.facts.places.real, reads.places) },
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
    factsFor(question, reads),
    tagsFor(question.facts.leaves, reads.tags),
    tagsFor(question.facts.places.real, reads.places),
  ]);
}

function timeValues({ at, ...local }: PolicyTime): TimeValues {
  return { at: { __extn: { fn: 'datetime', arg: at } }, ...local };
}

function factsFor({ facts: { bytes, signs, places } }: PolicyQuestion, reads: Reads): FactValues {
  const all: Record<FactName, number | boolean | readonly string[]> = {
    bytes,
    options: signs.options.length > 0,
    shell: signs.shell.length > 0,
    uncertain: places.uncertain.length > 0,
    hosts: signs.hosts,
    recipients: signs.recipients,
    sql: signs.sql,
    protected: places.protected,
    within: places.within,
  };
  const read = Object.entries(all).filter(([name]) => reads.facts.has(name as FactName));
  return Object.fromEntries(read.map(([name, value]) => [name, typeof value === 'object' ? [...value] : value]));
}

function tagsFor(texts: ReadonlyMap<string, string>, tags: Reads['tags']): Record<string, string> {
  if (tags === 'all') return Object.fromEntries(texts);
  const found: Record<string, string> = {};
  for (const pointer of tags) {
    const text = texts.get(pointer);
    if (text !== undefined) found[pointer] = text;
  }
  return found;
}
