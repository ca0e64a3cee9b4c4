import { generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { checkpointText } from '../../main/core/ledger/checkpoint.ts';
import { appendLeaf, EMPTY_FRONTIER, type Frontier, rootOf } from '../../main/core/ledger/merkle.ts';
import { signNote, verifierKey } from '../../main/core/ledger/note.ts';
import { consistencyProof } from '../../main/core/ledger/proof.ts';
import { judge, type Known } from './batch.ts';
import { sha256 } from './crypto.ts';
import { openHead, readLedgerKey } from './deviceLog.ts';
import { packPeaks, unpackPeaks } from './peaks.ts';

const pair = generateKeyPairSync('ed25519');
const NAME = 'countersign.dev/ledger/0123456789abcdef';
const log = { name: NAME, publicKey: pair.publicKey.export({ format: 'der', type: 'spki' }).subarray(-32) };

/** A ledger whose leaf hashes come from these words. */
function ledger(words: readonly string[], epoch = 1) {
  const leaves = words.map((word) => sha256(Buffer.from(word)));
  const frontiers: Frontier[] = [EMPTY_FRONTIER];
  const nodes = new Map<string, Uint8Array>();
  for (const [at, leaf] of leaves.entries()) {
    const grown = appendLeaf(sha256, frontiers[at] as Frontier, leaf);
    frontiers.push(grown.frontier);
    for (const [level, node] of grown.nodes.entries()) nodes.set(`${level} ${(at + 1) / 2 ** level - 1}`, node);
  }
  const read = (level: number, index: number) => nodes.get(`${level} ${index}`) as Uint8Array;
  const frontier = (size: number) => frontiers[size] as Frontier;
  return {
    frontier,
    records: (from: number, to: number) => leaves.slice(from, to).map((hash) => ({ hash })),
    proof: (first: number, second: number) =>
      consistencyProof(sha256, read, first, second).map((node) => Buffer.from(node).toString('base64')),
    note(size: number, name = `${NAME}/${epoch}`) {
      const text = checkpointText({ origin: name, size, root: rootOf(sha256, frontier(size)), extensions: [] });
      return signNote(sha256, text, { ...log, name }, (message) => sign(null, message, pair.privateKey));
    },
  };
}

const words = Array.from({ length: 20 }, (_, at) => `record ${at}`);
const honest = ledger(words);
const NOTHING: Known = { epoch: 0, frontier: EMPTY_FRONTIER, note: null };
/** Seven records are here, under a head over ten. */
const SEEN: Known = { epoch: 1, frontier: honest.frontier(7), note: honest.note(10) };

function batch(of: ReturnType<typeof ledger>, to: number, size: number, since: number | null, epoch = 1) {
  const proved = since === null ? null : { size: since, proof: of.proof(since, size) };
  return { epoch, note: of.note(size), position: of.proof(to, size), since: proved };
}

test('the first batch of a ledger continues nothing', () => {
  const judged = judge(log, NOTHING, batch(honest, 5, 20, null), 0, honest.records(0, 5));
  expect(judged).toMatchObject({ kind: 'continues', fresh: true, frontier: { size: 5 }, head: { size: 20 } });
});

test('a later one continues what is here, under a newer head', () => {
  const judged = judge(log, SEEN, batch(honest, 15, 20, 10), 7, honest.records(7, 15));
  expect(judged).toMatchObject({ kind: 'continues', fresh: false, frontier: honest.frontier(15) });
});

test('records in between are a gap, and no offence', () => {
  expect(judge(log, SEEN, batch(honest, 15, 20, 10), 9, honest.records(9, 15))).toEqual({ kind: 'gap', size: 7 });
});

describe('what the device signed against itself', () => {
  const edited = ledger(words.map((word, at) => (at === 3 ? 'another' : word)));

  test('a head whose beginning is another', () => {
    const judged = judge(log, SEEN, batch(edited, 15, 20, 10), 7, edited.records(7, 15));
    expect(judged).toMatchObject({ kind: 'broken', as: 'altered' });
  });
  test('a head over less', () => {
    const judged = judge(log, SEEN, { ...batch(honest, 7, 9, null), since: null }, 7, []);
    expect(judged).toMatchObject({ kind: 'broken', as: 'truncated', seq: 9 });
  });
  test('a head of an epoch that is over', () => {
    const judged = judge(log, { ...SEEN, epoch: 2 }, batch(honest, 15, 20, 10), 7, honest.records(7, 15));
    expect(judged).toMatchObject({ kind: 'broken', as: 'truncated' });
  });
  test('records that are not those under its head', () => {
    const wrong = honest.records(7, 15).toSpliced(4, 1, { hash: sha256(Buffer.from('another')) });
    expect(judge(log, SEEN, batch(honest, 15, 20, 10), 7, wrong)).toMatchObject({
      kind: 'broken',
      as: 'altered',
      seq: 7,
    });
  });
  test('a newer head without the proof that it continues', () => {
    const judged = judge(log, SEEN, batch(honest, 15, 20, null), 7, honest.records(7, 15));
    expect(judged).toMatchObject({ kind: 'broken', as: 'altered' });
  });
});

test('a new epoch begins at the first record', () => {
  const anew = ledger(words.slice(0, 6), 2);
  expect(judge(log, SEEN, batch(anew, 6, 6, null, 2), 0, anew.records(0, 6))).toMatchObject({
    kind: 'continues',
    fresh: true,
  });
  expect(judge(log, SEEN, batch(anew, 6, 6, null, 2), 3, anew.records(3, 6))).toEqual({ kind: 'gap', size: 0 });
});

test.each([
  [
    'of another ledger',
    { ...batch(honest, 15, 20, 10), note: honest.note(20, 'countersign.dev/ledger/ffffffffffffffff/1') },
  ],
  ['altered', { ...batch(honest, 15, 20, 10), note: honest.note(20).replace('\n20\n', '\n19\n') }],
  ['of another epoch than it says', { ...batch(honest, 15, 20, 10), epoch: 2 }],
  ['over fewer records than come with it', batch(honest, 10, 10, 10)],
])('a head %s says nothing', (_, given) => {
  expect(judge(log, SEEN, given, 7, honest.records(7, 15)).kind).toBe('unsigned');
});

test('a ledger’s key is read in its own form only', () => {
  const text = verifierKey(sha256, log);
  expect(readLedgerKey(text)?.publicKey).toEqual(new Uint8Array(log.publicKey));
  expect(readLedgerKey(verifierKey(sha256, { ...log, name: 'example.org/log' }))).toBeNull();
  expect(readLedgerKey(text.replace('0123', '3210'))).toBeNull();
  expect(openHead(honest.note(3), log)).toMatchObject({ epoch: 1, size: 3 });
});

test('a frontier survives being kept, and another size does not pass', () => {
  for (const size of [0, 1, 7, 16])
    expect(unpackPeaks(size, packPeaks(honest.frontier(size)))).toEqual(honest.frontier(size));
  expect(() => unpackPeaks(8, packPeaks(honest.frontier(7)))).toThrow(TypeError);
});
