/**
 * What a policy's answer can depend on, read off its JSON form, so that verdicts are memoised over just that.
 * Anything not recognised counts as reading everything: a key that is too long only costs time.
 */
import type { Policy } from './policy.ts';
import type { PolicyAction } from './schema.ts';
import { RESOURCES } from './schema.ts';

export interface Reads {
  principal: boolean;
  /** Attributes of the context; `approvals` is left out, as a verdict covers all of its values. */
  class: boolean;
  bytes: boolean;
  /** JSON pointers of argument leaves, or all of them. */
  tags: Set<string> | 'all';
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
  const reads: Reads = { principal: false, class: false, bytes: false, tags: new Set() };
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

/** `context.x` and `context has x`. */
function attribute(node: Json, reads: Reads): boolean {
  const access = node['.'] ?? node.has;
  if (!isObject(access) || !isContext(access.left)) return false;
  const name = Array.isArray(access.attr) ? access.attr[0] : access.attr;
  if (name === 'class') reads.class = true;
  else if (name === 'facts') reads.bytes = true;
  else if (name !== 'approvals' && name !== 'dryRun' && name !== 'arguments') everything(reads);
  return true;
}

/** `context.arguments.getTag("/path")` and `hasTag`. */
function tag(node: Json, reads: Reads): boolean {
  const access = node.getTag ?? node.hasTag;
  if (!isObject(access)) return false;
  walk(access.left, reads);
  const key = isObject(access.right) ? access.right.Value : undefined;
  if (typeof key !== 'string') {
    reads.tags = 'all';
    walk(access.right, reads);
  } else if (reads.tags !== 'all') reads.tags.add(key);
  return true;
}

const isContext = (node: unknown) => isObject(node) && node.Var === 'context';

function everything(reads: Reads): void {
  reads.class = true;
  reads.bytes = true;
  reads.tags = 'all';
}
