/** Half a character (a lone surrogate): JSON can hold it, but it has no digest, and reaches a program as another character. */

/** Whether all text in plain data is Unicode. */
export function isUnicode(value: unknown): boolean {
  if (typeof value === 'string') return value.isWellFormed();
  return typeof value !== 'object' || value === null || Object.entries(value).flat().every(isUnicode);
}

/** Plain data with U+FFFD in the place of each half character, in keys too. */
export function toUnicode<T>(value: T): T {
  return made(value) as T;
}

function made(value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed();
  if (Array.isArray(value)) return value.map(made);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key.toWellFormed(), made(one)]));
}
