/** Inclusion and consistency proofs: made as RFC 6962 sections 2.1.1 and 2.1.2 say, checked as RFC 9162 sections 2.1.3.2 and 2.1.4.2 say. */
import { type Hash, nodeHash, type ReadNode } from './merkle.ts';

/** The largest power of two below `count`, for `count` of 2 or more. */
function split(count: number): number {
  let width = 1;
  while (width * 2 < count) width *= 2;
  return width;
}

/** Merkle tree hash of the leaves from `start` up to `end`; `start` is a multiple of the power of two that covers them. */
function subtree(hash: Hash, read: ReadNode, start: number, end: number): Uint8Array {
  const count = end - start;
  const level = Math.log2(count);
  if (Number.isInteger(level)) return read(level, start / count);
  const middle = start + split(count);
  return nodeHash(hash, subtree(hash, read, start, middle), subtree(hash, read, middle, end));
}

/** The audit path of leaf `index` in the tree of the first `size` leaves. Throws `RangeError` outside of it. */
export function inclusionProof(hash: Hash, read: ReadNode, index: number, size: number): Uint8Array[] {
  if (index < 0 || index >= size) throw new RangeError('No such leaf in a tree of this size.');
  const path = (start: number, end: number): Uint8Array[] => {
    if (end - start === 1) return [];
    const middle = start + split(end - start);
    return index < middle
      ? [...path(start, middle), subtree(hash, read, middle, end)]
      : [...path(middle, end), subtree(hash, read, start, middle)];
  };
  return path(0, size);
}

/** The proof that the tree of `first` leaves is the beginning of that of `second`. Throws `RangeError` when first > second. */
export function consistencyProof(hash: Hash, read: ReadNode, first: number, second: number): Uint8Array[] {
  if (first < 0 || first > second) throw new RangeError('The first tree is larger than the second.');
  if (first === 0) return [];
  const proof = (start: number, end: number, known: boolean): Uint8Array[] => {
    if (first === end) return known ? [] : [subtree(hash, read, start, end)];
    const middle = start + split(end - start);
    return first <= middle
      ? [...proof(start, middle, known), subtree(hash, read, middle, end)]
      : [...proof(middle, end, false), subtree(hash, read, start, middle)];
  };
  return proof(0, second, true);
}

const half = (value: number) => Math.floor(value / 2);

/** Whether `proof` shows that `leaf` (a leaf hash) is at `index` in the tree of `size` leaves with this root. */
export function verifyInclusion(
  hash: Hash,
  leaf: Uint8Array,
  index: number,
  size: number,
  proof: readonly Uint8Array[],
  root: Uint8Array,
): boolean {
  if (index < 0 || index >= size) return false;
  let node = index;
  let last = size - 1;
  let result = leaf;
  for (const sibling of proof) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      result = nodeHash(hash, sibling, result);
      while (node % 2 === 0 && node !== 0) {
        node = half(node);
        last = half(last);
      }
    } else result = nodeHash(hash, result, sibling);
    node = half(node);
    last = half(last);
  }
  return last === 0 && sameBytes(result, root);
}

/** Whether `proof` shows that the tree of `first` leaves with `firstRoot` begins the tree of `second` with `secondRoot`. */
export function verifyConsistency(
  hash: Hash,
  first: number,
  firstRoot: Uint8Array,
  second: number,
  secondRoot: Uint8Array,
  proof: readonly Uint8Array[],
): boolean {
  if (first < 0 || first > second) return false;
  if (first === second) return proof.length === 0 && sameBytes(firstRoot, secondRoot);
  if (first === 0) return proof.length === 0 && sameBytes(firstRoot, hash(new Uint8Array(0)));
  const path = Number.isInteger(Math.log2(first)) ? [firstRoot, ...proof] : [...proof];
  let node = first - 1;
  let last = second - 1;
  while (node % 2 === 1) {
    node = half(node);
    last = half(last);
  }
  const start = path.shift();
  if (start === undefined) return false;
  let left = start;
  let right = start;
  for (const sibling of path) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      left = nodeHash(hash, sibling, left);
      right = nodeHash(hash, sibling, right);
      while (node % 2 === 0 && node !== 0) {
        node = half(node);
        last = half(last);
      }
    } else right = nodeHash(hash, right, sibling);
    node = half(node);
    last = half(last);
  }
  return last === 0 && sameBytes(left, firstRoot) && sameBytes(right, secondRoot);
}

/** Whether two hashes are the same bytes; they are public, so the time it takes may tell. */
export function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}
