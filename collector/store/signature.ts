/**
 * Bloom filters over the terms of a batch: one small row finds a thousand records, where an index over each of them
 * would cost more than the records. What they let through is read and compared.
 */
import { sha256 } from '../verify/crypto.ts';

/** Bits a term sets. */
const PROBES = 4;
/** Bits for each term: one batch in forty is read for nothing. */
const BITS_PER_TERM = 8;
const SMALLEST = 64 * 8;
const LARGEST = 4096 * 8;

/** Where a term's bits are before they are brought into a filter's range: 31-bit numbers. */
export function probesOf(term: string): number[] {
  const digest = sha256(term);
  const probes: number[] = [];
  for (let at = 0; at < PROBES; at += 1) probes.push(digest.readUInt32BE(at * 4) & 0x7fffffff);
  return probes;
}

/** The filter over some terms, a power of two bytes long. Bits are numbered as PostgreSQL's `get_bit` does. */
export function signatureOf(terms: ReadonlySet<string>): Buffer {
  let bits = SMALLEST;
  while (bits < LARGEST && bits < terms.size * BITS_PER_TERM) bits *= 2;
  const filter = Buffer.alloc(bits / 8);
  for (const term of terms) {
    for (const probe of probesOf(term)) {
      const bit = probe & (bits - 1);
      filter[bit >> 3] = (filter[bit >> 3] ?? 0) | (1 << (bit & 7));
    }
  }
  return filter;
}
