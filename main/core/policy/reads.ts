/**
 * What a policy's answer can depend on, read off its JSON form, so that verdicts are memoised over just that.
 * Anything not recognised counts as reading everything: a key that is too long only costs time.
 */
import type { Policy } from './policy.ts';
import type { FactName, PolicyAction } from './schema.ts';
import { FACTS, RESOURCES } from './schema.ts';

export interface Reads {
  principal: boolean;
  /** Attributes of the context; `approvals` is left out, as a verdict covers all of its values. */
  class: boolean;
  facts: Set<FactName>;
  /** JSON pointers of argument leaves, or all of them. */
  tags: Set<string> | 'all';
  /** The same for where path arguments lead. */
  places: Set<string> | 'all';
}

/** Whether the policy's scope can match the resource at all; what is out of scope neither decides nor errs. */
export function inScope(policy: Policy, action: PolicyAction, server: string, tool: string): boolean {
  const scope = (policy.json as { resource: Scope }).resource;
  const own = (entity: Uid) =>
    entity.type === RESOURCES[action].type ? entity.id === `${server}/${tool}` : isServer(entity, server);
  switch (scope.op) {
    case '==':
      return scope.entity !== undefined && own(uid(scope.entity));
    case 'in':
      return scope.entity !== undefined && own(uid(scope.entity));
    case 'is':
      return (
        scope.entity_type === RESOURCES[action].type && (scope.in?.entity === undefined || own(uid(scope.in.entity)))
      );
    default:
      return true;
  }
}

/** What these policies read, together. */
export function readsOf(policies: Iterable<Policy>): Reads {
  const reads: Reads = { principal: false, class: false, facts: new Set(), tags: new Set(), places: new Set() };
  for (const policy of policies) {
    const { principal, conditions } = policy.json as { principal: Scope; conditions: unknown };
    if (principal.op !== 'All') reads.principal = true;
    walk(conditions, reads);
  }
  return reads;
}

interface Uid {
  readonly type: string;
  readonly id: string;
}
type UidJson = Uid | { readonly __entity: Uid };
interface Scope {
  readonly op: string;
  readonly entity?: UidJson;
  readonly entity_type?: string;
  readonly in?: { readonly entity?: UidJson };
}

const uid = (json: UidJson): Uid => ('__entity' in json ? json.__entity : json);
const isServer = (entity: Uid, server: string) => entity.type === 'Server' && entity.id === server;

type Json = Record<string, unknown>;
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null;

function walk(node: unknown, reads: Reads): void {
  if (!isObject(node)) return;
  if (Array.isArray(node)) {
    for (const item of node) walk(item, reads);
    return;
  }
  if (node.Var === 'principal') reads.principal = true;
  else if (node.Var === 'context') everything(reads);
  else if (attribute(node, reads) || tag(node, reads)) return;
  for (const value of Object.values(node)) walk(value, reads);
}

/** `context.x`, `context has x`, and the same of `context.facts`. */
function attribute(node: Json, reads: Reads): boolean {
  const access = node['.'] ?? node.has;
  if (!isObject(access)) return false;
  const [name, below] = Array.isArray(access.attr) ? access.attr : [access.attr];
  if (attributeOf(access.left) === 'facts') fact(name, reads);
  else if (!isContext(access.left)) return false;
  else if (name === 'class') reads.class = true;
  else if (name === 'facts') fact(below, reads);
  else if (name === 'arguments') reads.tags = 'all';
  else if (name === 'places') reads.places = 'all';
  else if (name !== 'approvals' && name !== 'dryRun') everything(reads);
  return true;
}

/** A fact by its name; the facts as a whole, or one not known here, count as all of them. */
function fact(name: unknown, reads: Reads): void {
  const known = FACTS.find((each) => each === name);
  for (const each of known === undefined ? FACTS : [known]) reads.facts.add(each);
}

/** `context.arguments.getTag("/path")` and `hasTag`, and the same of `context.places`. */
function tag(node: Json, reads: Reads): boolean {
  const access = node.getTag ?? node.hasTag;
  if (!isObject(access)) return false;
  const owner = attributeOf(access.left);
  const kind = owner === 'arguments' ? 'tags' : owner === 'places' ? 'places' : null;
  if (kind === null) return false;
  const key = isObject(access.right) ? access.right.Value : undefined;
  const known = reads[kind];
  if (typeof key !== 'string') {
    reads[kind] = 'all';
    walk(access.right, reads);
  } else if (known !== 'all') known.add(key);
  return true;
}

/** The name of an attribute of the context; null for anything else. */
function attributeOf(node: unknown): unknown {
  const access = isObject(node) ? node['.'] : undefined;
  return isObject(access) && isContext(access.left) ? access.attr : null;
}

const isContext = (node: unknown) => isObject(node) && node.Var === 'context';

function everything(reads: Reads): void {
  reads.class = true;
  for (const name of FACTS) reads.facts.add(name);
  reads.tags = 'all';
  reads.places = 'all';
}
