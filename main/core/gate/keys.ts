/**
 * Keys that differ from a schema's property only by case or Unicode normalisation: a server that reads keys loosely
 * would take them for the property, past every rule about it (SECURITY.md rule 9).
 */
import { foldKey } from '../mcp/keys.ts';
import { pointerStep } from './facts.ts';
import { shown } from './shown.ts';

type Json = Record<string, unknown>;
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Schemas and names that are looked at for one value: each part of it is held against all that speak about it. */
const MOST_STEPS = 2_000_000;

interface Search {
  readonly root: unknown;
  /** What each reference leads to, and the names of properties as they are compared: found once, however often they count. */
  readonly targets: Map<string, unknown>;
  readonly folded: Map<Json, ReadonlyMap<string, string>>;
  stepsLeft: number;
}

/**
 * The first such key of `value`, in words with its JSON pointer; null when there is none. Words as well for a value and a
 * schema that are too large to be compared in the time that other calls may wait.
 */
export function keyVariant(schema: unknown, value: unknown): string | null {
  const search = { root: schema, targets: new Map(), folded: new Map(), stepsLeft: MOST_STEPS };
  return walk(search, [schema], value, '');
}

/** `schemas` are all that speak about this value. */
function walk(search: Search, schemas: readonly unknown[], value: unknown, pointer: string): string | null {
  if (!holdsKeys(value)) return null;
  const all = expand(search, schemas);
  if (search.stepsLeft < 0) return 'there is too much to be compared with the properties of the schema';
  // What no schema speaks about holds no property to be taken for.
  if (all.length === 0) return null;
  const within = (item: unknown, step: string, about: (schema: Json) => unknown[]): string | null => {
    if (!holdsKeys(item)) return null;
    search.stepsLeft -= all.length;
    return walk(search, all.flatMap(about), item, `${pointer}/${step}`);
  };
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      const fault = within(item, String(index), (schema) => itemSchemas(schema, index));
      if (fault !== null) return fault;
    }
    return null;
  }
  const properties = all.flatMap(({ properties }) => (isObject(properties) ? [properties] : []));
  for (const [key, member] of Object.entries(value)) {
    search.stepsLeft -= properties.length;
    if (!properties.some((names) => Object.hasOwn(names, key))) {
      const folded = foldKey(key);
      const meant = properties
        .map((names) => foldedNames(search, names).get(folded))
        .find((name) => name !== undefined);
      if (meant !== undefined)
        return `the key "${shown(key)}" at "${shown(pointer)}" differs from the property "${shown(meant)}" only by case or normalisation`;
    }
    const fault = within(member, pointerStep(key), (schema) => memberSchemas(schema, key));
    if (fault !== null) return fault;
  }
  return null;
}

const holdsKeys = (value: unknown): value is object => typeof value === 'object' && value !== null;

/**
 * These schemas and all that they apply to the same value through references and combinations. What leads to what can be
 * a chain of any length, so nothing here calls itself.
 */
function expand(search: Search, schemas: readonly unknown[]): Json[] {
  const found = new Set<Json>();
  const waiting = [...schemas];
  while (waiting.length > 0 && search.stepsLeft >= 0) {
    const schema = waiting.pop();
    search.stepsLeft -= 1;
    if (!isObject(schema) || found.has(schema)) continue;
    found.add(schema);
    if (typeof schema.$ref === 'string') waiting.push(target(search, schema.$ref));
    const { allOf, anyOf, oneOf, dependentSchemas } = schema;
    const others = isObject(dependentSchemas) ? Object.values(dependentSchemas) : [];
    for (const list of [allOf, anyOf, oneOf, others]) {
      if (Array.isArray(list)) for (const one of list) waiting.push(one);
    }
    waiting.push(schema.if, schema.then, schema.else, schema.not);
  }
  return [...found];
}

/** The names of these properties by the form in which they are compared. */
function foldedNames({ folded }: Search, properties: Json): ReadonlyMap<string, string> {
  const known = folded.get(properties) ?? new Map(Object.keys(properties).map((name) => [foldKey(name), name]));
  folded.set(properties, known);
  return known;
}

/** What a reference within the same document points to: `#`, `#/$defs/x`. */
function target({ root, targets }: Search, reference: string): unknown {
  if (!targets.has(reference)) targets.set(reference, local(root, reference));
  return targets.get(reference);
}

function memberSchemas(schema: Json, key: string): unknown[] {
  const { properties, patternProperties, additionalProperties, unevaluatedProperties } = schema;
  const own = isObject(properties) && Object.hasOwn(properties, key) ? [properties[key]] : [];
  // Which pattern fits does not matter: more schemas only mean more names to compare with.
  const patterns = isObject(patternProperties) ? Object.values(patternProperties) : [];
  return [...own, ...patterns, ...(own.length === 0 ? [additionalProperties, unevaluatedProperties] : [])];
}

function itemSchemas({ prefixItems, items, additionalItems, contains }: Json, index: number): unknown[] {
  const prefix = Array.isArray(prefixItems) ? prefixItems : Array.isArray(items) ? items : [];
  return [index < prefix.length ? prefix[index] : Array.isArray(items) ? additionalItems : items, contains];
}

function local(root: unknown, reference: string): unknown {
  if (!reference.startsWith('#')) return undefined;
  let at: unknown = root;
  for (const step of reference.slice(1).split('/').slice(1)) {
    const key = pointerKey(step);
    at = Array.isArray(at) ? at[Number(key)] : isObject(at) && Object.hasOwn(at, key) ? at[key] : undefined;
  }
  return at;
}

/** One step of a pointer in a URI fragment (RFC 6901, section 6). */
function pointerKey(step: string): string {
  let plain = step;
  try {
    plain = decodeURIComponent(step);
  } catch {
    // A stray percent sign stands for itself.
  }
  return plain.replaceAll('~1', '/').replaceAll('~0', '~');
}
