/** The Merkle tree of RFC 6962 section 2.1, grown leaf by leaf. */

/** SHA-256 of some bytes, 32 bytes long. */
export type Hash = (bytes: Uint8Array) => Uint8Array;

export const HASH_LENGTH = 32;

/** Hash of a leaf: SHA-256(0x00 ‖ leaf). */
export function leafHash(hash: Hash, leaf: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(leaf.length + 1);
  bytes.set(leaf, 1);
  return hash(bytes);
}

/** Hash of an inner node: SHA-256(0x01 ‖ left ‖ right). */
export function nodeHash(hash: Hash, left: Uint8Array, right: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(1 + 2 * HASH_LENGTH);
  bytes[0] = 1;
  bytes.set(left, 1);
  bytes.set(right, 1 + HASH_LENGTH);
  return hash(bytes);
}

/** What must be kept to append and to give the root: the roots of the perfect subtrees, largest first. Never changes. */
export interface Frontier {
  readonly size: number;
  readonly peaks: readonly Uint8Array[];
}

export const EMPTY_FRONTIER: Frontier = { size: 0, peaks: [] };

/** Appends one leaf hash; `nodes` are the hashes it completes, level 0 (the leaf itself) first. */
export function appendLeaf(
  hash: Hash,
  frontier: Frontier,
  leaf: Uint8Array,
): { frontier: Frontier; nodes: Uint8Array[] } {
  const peaks = [...frontier.peaks];
  const nodes = [leaf];
  let top = leaf;
  for (let left = frontier.size; left % 2 === 1; left = (left - 1) / 2) {
    const sibling = peaks.pop();
    if (sibling === undefined) throw new TypeError('The frontier has fewer peaks than its size says.');
    top = nodeHash(hash, sibling, top);
    nodes.push(top);
  }
  peaks.push(top);
  return { frontier: { size: frontier.size + 1, peaks }, nodes };
}

/** Merkle tree hash of all leaves; of none, the hash of nothing. */
export function rootOf(hash: Hash, frontier: Frontier): Uint8Array {
  return (
    frontier.peaks.reduceRight<Uint8Array | null>(
      (right, peak) => (right === null ? peak : nodeHash(hash, peak, right)),
      null,
    ) ?? hash(new Uint8Array(0))
  );
}

/** Gives the stored hash of the perfect subtree over leaves `index * 2^level` to `(index + 1) * 2^level - 1`. */
export type ReadNode = (level: number, index: number) => Uint8Array;

/** The frontier of the first `size` leaves, from stored nodes. */
export function frontierAt(read: ReadNode, size: number): Frontier {
  const peaks: Uint8Array[] = [];
  let start = 0;
  for (let level = Math.floor(Math.log2(Math.max(size, 1))); level >= 0; level -= 1) {
    const width = 2 ** level;
    if (size - start < width) continue;
    peaks.push(read(level, start / width));
    start += width;
  }
  return { size, peaks };
}

/** Where a node is kept when each leaf keeps the hashes it completes: the leaf's index and the place among them. */
export function nodePlace(level: number, index: number): { leaf: number; place: number } {
  return { leaf: (index + 1) * 2 ** level - 1, place: level };
}
