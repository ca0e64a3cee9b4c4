/**
 * RFC 8785 (JSON Canonicalization Scheme): keys in UTF-16 code unit order, ECMAScript numbers, shortest escapes,
 * no white space. Members that are `undefined` are left out, as `JSON.stringify` does.
 * Throws `TypeError` for what has no canonical form: numbers that are not finite, lone surrogates, bigint, functions,
 * symbols, `undefined` on its own. Recurses: give it values of bounded depth.
 */
export function canonicalJson(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return canonicalString(value);
    case 'number':
      if (!Number.isFinite(value)) throw new TypeError('A number that is not finite has no JSON form.');
      return JSON.stringify(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object':
      if (value === null) return 'null';
      return Array.isArray(value) ? canonicalArray(value) : canonicalObject(value as Record<string, unknown>);
    default:
      throw new TypeError(`A ${typeof value} has no JSON form.`);
  }
}

/** ASCII that JSON writes as it is: nearly every string, and much faster known by a pattern than by the host. */
const PLAIN = /^[ !#-[\]-~]*$/;

function canonicalString(text: string): string {
  if (PLAIN.test(text)) return `"${text}"`;
  if (!text.isWellFormed()) throw new TypeError('A string with a lone surrogate has no canonical form.');
  return JSON.stringify(text);
}

function canonicalArray(items: readonly unknown[]): string {
  let text = '[';
  for (let index = 0; index < items.length; index += 1) {
    if (index > 0) text += ',';
    text += canonicalJson(items[index]);
  }
  return `${text}]`;
}

function canonicalObject(members: Record<string, unknown>): string {
  let text = '{';
  // The default order of `sort` is by UTF-16 code units, which is the order of section 3.2.3.
  for (const key of Object.keys(members).sort()) {
    const member = members[key];
    if (member === undefined) continue;
    if (text.length > 1) text += ',';
    text += `${canonicalString(key)}:${canonicalJson(member)}`;
  }
  return `${text}}`;
}
