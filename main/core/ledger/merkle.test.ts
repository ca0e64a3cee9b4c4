import { hash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { appendLeaf, EMPTY_FRONTIER, frontierAt, leafHash, nodeHash, nodePlace, rootOf } from './merkle.ts';

const sha256 = (bytes: Uint8Array): Uint8Array => hash('sha256', bytes, 'buffer');
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

// The leaves and roots that Certificate Transparency implementations test with.
const LEAVES = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
const ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

/** MTH of RFC 6962 section 2.1, word for word. */
function naiveRoot(leaves: readonly Uint8Array[]): Uint8Array {
  const [only] = leaves;
  if (only === undefined) return sha256(new Uint8Array(0));
  if (leaves.length === 1) return leafHash(sha256, only);
  let k = 1;
  while (k * 2 < leaves.length) k *= 2;
  return nodeHash(sha256, naiveRoot(leaves.slice(0, k)), naiveRoot(leaves.slice(k)));
}

describe('the Merkle tree (RFC 6962)', () => {
  test('the known roots of zero to eight leaves', () => {
    let frontier = EMPTY_FRONTIER;
    const roots = [hex(rootOf(sha256, frontier))];
    for (const leaf of LEAVES) {
      frontier = appendLeaf(sha256, frontier, leafHash(sha256, Buffer.from(leaf, 'hex'))).frontier;
      roots.push(hex(rootOf(sha256, frontier)));
    }
    expect(roots).toEqual(ROOTS);
  });

  test('grows as the definition says, and every earlier frontier can be read back from the nodes', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 8 }), { maxLength: 70 }), fc.nat(), (leaves, cut) => {
        const kept: Uint8Array[][] = [];
        let frontier = EMPTY_FRONTIER;
        for (const leaf of leaves) {
          const step = appendLeaf(sha256, frontier, leafHash(sha256, leaf));
          kept.push(step.nodes);
          frontier = step.frontier;
        }
        expect(hex(rootOf(sha256, frontier))).toBe(hex(naiveRoot(leaves)));
        const size = cut % (leaves.length + 1);
        const read = (level: number, index: number) => {
          const { leaf, place } = nodePlace(level, index);
          return kept[leaf]?.[place] as Uint8Array;
        };
        expect(hex(rootOf(sha256, frontierAt(read, size)))).toBe(hex(naiveRoot(leaves.slice(0, size))));
      }),
    );
  });
});
