/**
 * Arrays in PostgreSQL's binary form, which `pg` hands on as it is: a batch then goes as a few parameters, and neither
 * side escapes, quotes or parses what is in it.
 */

/** Object ids of element types (pg_type.dat): the same in every PostgreSQL. */
const TYPES = { bytea: 17, text: 25 } as const;
const HEAD = 20;

/** One dimension, counted from 1, as `array_recv` reads it; a text goes as UTF-8. */
export function binaryArray(type: keyof typeof TYPES, items: readonly (Uint8Array | string | null)[]): Buffer {
  const lengths = items.map((item) => (typeof item === 'string' ? Buffer.byteLength(item) : (item?.length ?? -1)));
  const array = Buffer.allocUnsafe(lengths.reduce((sum, length) => sum + 4 + Math.max(0, length), HEAD));
  const head = [1, lengths.includes(-1) ? 1 : 0, TYPES[type], items.length, 1];
  for (const [at, value] of head.entries()) array.writeInt32BE(value, at * 4);
  let at = HEAD;
  for (const [index, item] of items.entries()) {
    at = array.writeInt32BE(lengths[index] as number, at);
    if (typeof item === 'string') at += array.write(item, at);
    else if (item !== null) {
      array.set(item, at);
      at += item.length;
    }
  }
  return array;
}
