/** Ids, digests and times that look like the real ones and never change, so that pictures can be compared. */
export const uuid = (n: number): string => `01939f3a-7c00-7000-8000-${n.toString(16).padStart(12, '0')}`;

export const digestOf = (n: number): string => {
  let hex = '';
  for (let i = 0, x = n * 7919 + 97; i < 64; i += 1) {
    x = (x * 16807 + 1) % 2147483647;
    hex += ((x >> 8) % 16).toString(16);
  }
  return `sha256:${hex}`;
};

/** RFC 3339 with microseconds, `seconds` from the gallery's noon. */
export const at = (seconds: number): string => new Date(NOON + seconds * 1000).toISOString().replace('Z', '000Z');

/** The gallery's present. */
export const NOON = Date.now();
