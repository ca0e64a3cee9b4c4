/**
 * How large a value may be before checking it against a schema can take longer than other calls may wait: servers write
 * the patterns (CWE-1333), schemas can repeat, and each part of a value may be held against each part of a schema.
 */

/** What is surely quick; a value beyond it may be. */
export interface Quick {
  /** Characters of a string. */
  readonly text: number;
  /** Objects, lists and leaves; a long string counts as many. */
  readonly values: number;
  readonly depth: number;
}

type Json = Record<string, unknown>;

/** More references than these can repeat one another too often, in circles or not. */
const FEW_REFERENCES = 20;
const SMALL = { values: 100, depth: 6 };
/** Parts of a schema times parts of a value that hold nobody up: each may be held against each. */
const FEW_PAIRS = 500_000;
/** Characters that count as one more. */
const CHARACTERS = 100;

/** What is quick under this schema (JSON Schema 2020-12 or draft-07), found once. */
export function quickUnder(schema: object): Quick {
  let text = Number.POSITIVE_INFINITY;
  let repeats = false;
  let references = 0;
  let parts = 0;
  const visit = (node: unknown): void => {
    parts += 1;
    if (typeof node !== 'object' || node === null) return;
    const { pattern, patternProperties, uniqueItems, $ref, $dynamicRef, $recursiveRef } = node as Json;
    if (typeof pattern === 'string') text = Math.min(text, quickFor(pattern));
    for (const name of keysOf(patternProperties)) text = Math.min(text, quickFor(name));
    if (typeof $ref === 'string') references += 1;
    // Only what refers to itself, or to much, is gone through more often than it stands there.
    repeats ||= uniqueItems === true || Boolean($dynamicRef || $recursiveRef);
    repeats ||= references > FEW_REFERENCES || circles(schema, $ref);
    Object.values(node).forEach(visit);
  };
  visit(schema);
  const values = Math.ceil(FEW_PAIRS / parts);
  const depth = Number.POSITIVE_INFINITY;
  return { text, ...(repeats ? { ...SMALL, values: Math.min(SMALL.values, values) } : { values, depth }) };
}

/** Whether a JSON value stays below. */
export function isWithin(value: unknown, { text, values, depth }: Quick): boolean {
  let left = values;
  const walk = (each: unknown, level: number): boolean => {
    left -= 1 + (typeof each === 'string' ? Math.floor(each.length / CHARACTERS) : 0);
    if (left < 0 || level > depth) return false;
    if (typeof each === 'string') return each.length <= text;
    if (typeof each !== 'object' || each === null) return true;
    if (Array.isArray(each)) return each.every((item) => walk(item, level + 1));
    return Object.entries(each).every(([key, item]) => key.length <= text && walk(item, level + 1));
  };
  return walk(value, 0);
}

const keysOf = (node: unknown) => (typeof node === 'object' && node !== null ? Object.keys(node) : []);

/** Steps of a pattern that hold nobody up. */
const FEW_STEPS = 160_000;
const LONGEST = 1_000;

/**
 * Each choice of a pattern multiplies its steps by the length of the text at most, and so does a beginning that is not
 * fixed. A choice within a repetition multiplies them with every character: there nothing is surely quick.
 */
function quickFor(pattern: string): number {
  const plain = pattern
    .replace(/\\[^\dk]/g, 'x')
    .replace(/\[[^\]]*\]/g, 'x')
    .replace(/\(\?(?:<?[=!:]|<\w+>)/g, '(')
    .replace(/(?<!\))\{\d+\}/g, '');
  if (/\)[*+{]|\\[\dk]/.test(plain)) return 0;
  const choices = plain.match(/[*+?{|]/g)?.length ?? 0;
  const fixed = plain.startsWith('^') && !plain.includes('|');
  return Math.min(LONGEST, Math.floor(FEW_STEPS ** (1 / (choices + (fixed ? 0 : 1)))));
}

/** Whether what a reference leads to leads back to it, or is not a plain pointer into the schema. */
function circles(schema: object, reference: unknown): boolean {
  if (typeof reference !== 'string') return false;
  const seen = new Set<string>();
  const leadsBack = (from: string): boolean => {
    if (from === '#' || !from.startsWith('#/')) return true;
    if (seen.has(from)) return from === reference;
    seen.add(from);
    return referencesIn(at(schema, from)).some(leadsBack);
  };
  return leadsBack(reference);
}

function referencesIn(node: unknown): string[] {
  if (typeof node !== 'object' || node === null) return [];
  const { $ref } = node as Json;
  return [...(typeof $ref === 'string' ? [$ref] : []), ...Object.values(node).flatMap(referencesIn)];
}

function at(schema: object, pointer: string): unknown {
  let node: unknown = schema;
  for (const step of pointer.slice(2).split('/')) {
    const key = step.replaceAll('~1', '/').replaceAll('~0', '~');
    node = typeof node === 'object' && node !== null && Object.hasOwn(node, key) ? (node as Json)[key] : undefined;
  }
  return node;
}
