/**
 * What a policy's answer can depend on, read off its JSON form, so that verdicts are memoised over just that.
 * Anything not recognised counts as reading everything: a key that is too long only costs time.
 */
import type { Policy } from './policy.ts';
import type { FactName, PolicyAction } from './schema.ts';
import { FACTS, RESOURCES } from './schema.ts';

export interface Reads {
  principal: boolean;
  /** Attributes of the context; `approvals` is left out, as a verdict covers all of its values, and so is what settings say. */
  class: boolean;
  time: boolean;
  facts: Set<FactName>;
  /** JSON pointers of argument leaves, or all of them. */
  tags: Set<string> | 'all';
  /** The same for where path arguments lead. */
  places: Set<string> | 'all';
}

/** What a question is about. */
export interface Resource {
  readonly action: PolicyAction;
  readonly server: string;
  /** The tool's or prompt's name, or the resource's URI. */
  readonly tool: string;
  readonly families: readonly string[];
}

/** Whether the policy's scope can match the resource at all; what is out of scope neither decides nor errs. */
export function inScope(policy: Policy, { action, server, tool, families }: Resource): boolean {
  const scope = (policy.json as { resource: Scope }).resource;
  const own = ({ type, id }: Uid) => {
    if (type === RESOURCES[action].type) return id === `${server}/${tool}`;
    return type === 'Family' ? families.includes(id) : type === 'Server' && id === server;
  };
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

/** Whether the policy's scope can match nothing but what this server offers. */
export function onlyOfServer(policy: Policy, server: string): boolean {
  const { resource: scope } = policy.json as { resource: Scope };
  const entity = scope.entity ?? scope.in?.entity;
  if (entity === undefined) return false;
  const { type, id } = uid(entity);
  return type === 'Server' ? id === server : type !== 'Family' && id.startsWith(`${server}/`);
}

/** What these policies read, together. */
export function readsOf(policies: Iterable<Policy>): Reads {
  const reads = nothing();
  for (const policy of policies) {
    const { principal, conditions } = policy.json as { principal: Scope; conditions: unknown };
    if (principal.op !== 'All') reads.principal = true;
    walk(conditions, reads);
  }
  return reads;
}

function nothing(): Reads {
  return { principal: false, class: false, time: false, facts: new Set(), tags: new Set(), places: new Set() };
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

/** The same for every question that policies in force are asked, or covered by the verdict itself. */
const UNCHANGING: ReadonlySet<unknown> = new Set(['approvals', 'dryRun', 'environment', 'tenant', 'region']);

/** `context.x`, `context has x`, and the same of `context.facts`. */
function attribute(node: Json, reads: Reads): boolean {
  const access = node['.'] ?? node.has;
  if (!isObject(access)) return false;
  const [name, below] = Array.isArray(access.attr) ? access.attr : [access.attr];
  const owner = attributeOf(access.left);
  if (owner === 'facts') fact(name, reads);
  else if (owner === 'time') reads.time = true;
  else if (!isContext(access.left)) return false;
  else if (name === 'class') reads.class = true;
  else if (name === 'facts') fact(below, reads);
  else if (name === 'arguments') reads.tags = 'all';
  else if (name === 'places') reads.places = 'all';
  else if (name === 'time') reads.time = true;
  else if (!UNCHANGING.has(name)) everything(reads);
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
  reads.time = true;
  for (const name of FACTS) reads.facts.add(name);
  reads.tags = 'all';
  reads.places = 'all';
}
