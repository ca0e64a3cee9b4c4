/** The names under which a tool takes something, wherever in its input schema they stand (JSON Schema 2020-12, draft-07). */

/** Keywords whose values are data and no schemas. */
const DATA = new Set(['const', 'enum', 'default', 'examples', 'required', 'description', 'title']);

/** Every property's name, each once, outer ones first: what a tool takes may lie in an object, a list or a definition. */
export function propertyNames(schema: unknown): string[] {
  const names = new Set<string>();
  let level: unknown[] = [schema];
  while (level.length > 0) {
    const next: unknown[] = [];
    for (const node of level) {
      if (typeof node !== 'object' || node === null) continue;
      for (const [keyword, value] of Object.entries(node)) {
        if (keyword === 'properties' && typeof value === 'object' && value !== null) {
          for (const name of Object.keys(value)) names.add(name);
          next.push(...Object.values(value));
        } else if (Array.isArray(node) || !DATA.has(keyword)) next.push(value);
      }
    }
    level = next;
  }
  return [...names];
}
