import { hash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { appendLeaf, EMPTY_FRONTIER, frontierAt, leafHash, nodePlace, type ReadNode, rootOf } from './merkle.ts';
import { consistencyProof, inclusionProof, verifyConsistency, verifyInclusion } from './proof.ts';

const sha256 = (bytes: Uint8Array): Uint8Array => hash('sha256', bytes, 'buffer');
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

function tree(leaves: readonly Uint8Array[]): { read: ReadNode; root(size: number): Uint8Array } {
  const kept: Uint8Array[][] = [];
  let frontier = EMPTY_FRONTIER;
  for (const leaf of leaves) {
    const step = appendLeaf(sha256, frontier, leafHash(sha256, leaf));
    kept.push(step.nodes);
    frontier = step.frontier;
  }
  const read: ReadNode = (level, index) => {
    const { leaf, place } = nodePlace(level, index);
    return kept[leaf]?.[place] as Uint8Array;
  };
  return { read, root: (size) => rootOf(sha256, frontierAt(read, size)) };
}

const CT_LEAVES = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
].map((text) => Buffer.from(text, 'hex'));

describe('proofs that Certificate Transparency implementations test with', () => {
  const { read } = tree(CT_LEAVES);
  test.each([
    [0, 1, []],
    [
      0,
      8,
      [
        '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
        '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
        '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
      ],
    ],
    [
      5,
      8,
      [
        'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
        'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
        'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
      ],
    ],
    [2, 3, ['fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125']],
  ])('leaf %i in a tree of %i', (index, size, proof) => {
    expect(inclusionProof(sha256, read, index, size).map(hex)).toEqual(proof);
  });

  test.each([
    [1, 1, []],
    [
      1,
      8,
      [
        '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
        '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
        '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
      ],
    ],
    [
      6,
      8,
      [
        '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
        'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
        'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
      ],
    ],
    [
      2,
      5,
      [
        '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
        'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
      ],
    ],
  ])('a tree of %i begins a tree of %i', (first, second, proof) => {
    expect(consistencyProof(sha256, read, first, second).map(hex)).toEqual(proof);
  });
});

/** Flips a bit of one of the nodes. */
function flipBit(nodes: Uint8Array[], which: number): void {
  const node = nodes[which % nodes.length] ?? new Uint8Array(32);
  node[which % 32] = (node[which % 32] ?? 0) ^ 1;
}

describe('made proofs hold, and nothing else does', () => {
  const trees = fc
    .array(fc.uint8Array({ minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 60 })
    .chain((leaves) =>
      fc.tuple(fc.constant(leaves), fc.nat(leaves.length - 1), fc.integer({ min: 1, max: leaves.length })),
    );

  test('inclusion', () => {
    fc.assert(
      fc.property(trees, fc.nat(), ([leaves, at, size], flip) => {
        const { read, root } = tree(leaves);
        const index = at % size;
        const leaf = leafHash(sha256, leaves[index] as Uint8Array);
        const proof = inclusionProof(sha256, read, index, size);
        expect(verifyInclusion(sha256, leaf, index, size, proof, root(size))).toBe(true);
        expect(verifyInclusion(sha256, leaf, index, size, [...proof, leaf], root(size))).toBe(false);
        expect(verifyInclusion(sha256, leafHash(sha256, leaf), index, size, proof, root(size))).toBe(false);
        if (proof.length > 0) {
          const changed = proof.map((node) => Uint8Array.from(node));
          flipBit(changed, flip);
          expect(verifyInclusion(sha256, leaf, index, size, changed, root(size))).toBe(false);
          expect(verifyInclusion(sha256, leaf, index, size, proof.slice(1), root(size))).toBe(false);
        }
      }),
    );
  });

  test('consistency', () => {
    fc.assert(
      fc.property(trees, fc.nat(), ([leaves, at, second], flip) => {
        const { read, root } = tree(leaves);
        const first = 1 + (at % second);
        const proof = consistencyProof(sha256, read, first, second);
        const check = (p: Uint8Array[], one = root(first), two = root(second)) =>
          verifyConsistency(sha256, first, one, second, two, p);
        expect(check(proof)).toBe(true);
        expect(check([...proof, root(1)])).toBe(false);
        expect(check(proof, sha256(root(first)))).toBe(false);
        expect(check(proof, root(first), sha256(root(second)))).toBe(false);
        if (proof.length > 0) {
          const changed = proof.map((node) => Uint8Array.from(node));
          flipBit(changed, flip);
          expect(check(changed)).toBe(false);
          expect(check(proof.slice(1))).toBe(false);
        }
      }),
    );
  });

  test('there is no proof for a leaf outside of the tree', () => {
    expect(() => inclusionProof(sha256, tree(CT_LEAVES).read, 8, 8)).toThrow(RangeError);
    expect(() => consistencyProof(sha256, tree(CT_LEAVES).read, 8, 7)).toThrow(RangeError);
  });
});
