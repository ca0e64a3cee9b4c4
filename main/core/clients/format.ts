/** How a configuration file is written. JSON with comments and trailing commas counts as JSON. */
export type Format = 'json' | 'toml' | 'yaml';

/** Where in a document: keys of maps and indices of lists, from the root. */
export type Path = readonly (string | number)[];

/** A plain map, as a parser gives it. */
export type PlainMap = Readonly<Record<string, unknown>>;

export const isMap = (value: unknown): value is PlainMap =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value at a path; undefined where there is none. */
export function valueAt(value: unknown, path: Path): unknown {
  let at = value;
  for (const step of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, step)) return undefined;
    at = (at as Record<string | number, unknown>)[step];
  }
  return at;
}
