import { createHash, generateKeyPairSync, sign, verify as verifyWith } from 'node:crypto';
import { expect, test } from 'vitest';
import { receivedText } from '../../contract/collector.ts';
import { checkpointText } from '../../core/ledger/checkpoint.ts';
import { cosign, cosignerKey } from '../../core/ledger/cosignature.ts';
import { signNote } from '../../core/ledger/note.ts';
import { isOver, keptReceipt, provedReceipt } from './receipts.ts';

const SPKI = Buffer.from('302a300506032b6570032100', 'hex');
const crypto = {
  sha256: (bytes: Uint8Array) => createHash('sha256').update(bytes).digest(),
  verify: (key: Uint8Array, message: Uint8Array, signature: Uint8Array) =>
    verifyWith(null, message, { key: Buffer.concat([SPKI, key]), format: 'der', type: 'spki' }, signature),
};

function party(name: string) {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const key = { name, publicKey: publicKey.export({ format: 'der', type: 'spki' }).subarray(-32) };
  return { key, sign: (message: Uint8Array) => sign(null, message, privateKey) };
}
const ORIGIN = 'countersign.dev/ledger/0123456789abcdef/1';
const device = party(ORIGIN);
const collector = party('countersign.dev/collector/1');
const COSIGNER = cosignerKey(crypto.sha256, collector.key);

const head = (size: number, origin = ORIGIN) =>
  signNote(
    crypto.sha256,
    checkpointText({ origin, size, root: Buffer.alloc(32, size), extensions: [] }),
    device.key,
    device.sign,
  );
const receipt = (size: number, by = collector, seconds = 1_795_000_000, note = head(size)) =>
  cosign(crypto.sha256, note, by.key, seconds, by.sign);
const has = (size: number, epoch = 1, of = 'tenant/device') =>
  Buffer.from(collector.sign(Buffer.from(receivedText(of, { epoch, size })))).toString('base64');
const ANSWER = { epoch: 1, size: 8, seen: 10, receipt: receipt(10), signature: has(8) };
const PARTIES = { device: 'tenant/device', cosigner: COSIGNER };

test('a cosigned head proves what the collector has seen', () => {
  const proved = provedReceipt(crypto, ANSWER, PARTIES);
  expect(proved).toMatchObject({ epoch: 1, size: 8, seen: 10, seconds: 1_795_000_000 });
});

test('a receipt is over a head of this ledger, the newest or one before, and over no other’s', () => {
  const ledger = { root: (size: number) => (size > 11 ? null : Buffer.alloc(32, size).toString('base64')) };
  const over = (newest: number, note: string, seen = 10) => {
    const proved = { epoch: 1, size: 8, signature: '', seen, note, seconds: 0 };
    return isOver(proved, { note: head(newest), epoch: 1, size: newest }, ledger);
  };
  const other = 'countersign.dev/ledger/fedcba9876543210/1';
  expect([over(10, receipt(10)), over(11, receipt(10))]).toEqual([true, true]);
  expect(over(10, receipt(10, collector, 0, head(10, other)))).toBe(false);
  expect(over(11, receipt(10, collector, 0, head(10, other)))).toBe(false);
  expect(over(11, receipt(10, collector, 0, head(9)))).toBe(false);
  expect(over(11, receipt(12), 12)).toBe(false);
});

test.each([
  ['without a cosignature', { ...ANSWER, receipt: head(10) }],
  ['without a head', { ...ANSWER, receipt: null }],
  ['of another collector', { ...ANSWER, receipt: receipt(10, party(collector.key.name)) }],
  ['over another head than it says', { ...ANSWER, seen: 11 }],
  ['of another epoch', { ...ANSWER, epoch: 2, signature: has(8, 2) }],
  ['of a time that no clock shows', { ...ANSWER, receipt: receipt(10, collector, 2 ** 60) }],
  ['over fewer records than it says to have', { ...ANSWER, size: 11, signature: has(11) }],
  ['that says to have more than was signed', { ...ANSWER, size: 9 }],
  ['to another device', { ...ANSWER, signature: has(8, 1, 'tenant/other') }],
])('an answer %s proves nothing', (_, answer) => {
  expect(provedReceipt(crypto, answer, PARTIES)).toBeNull();
});

test('a receipt that was kept still has to prove itself', async () => {
  const proved = provedReceipt(crypto, ANSWER, PARTIES);
  const file = (text: string | null) => ({ read: async () => text, write: async () => {} });
  expect(await keptReceipt(file(JSON.stringify(proved)), crypto, PARTIES)).toEqual(proved);
  expect(await keptReceipt(file(JSON.stringify({ ...proved, size: 9 })), crypto, PARTIES)).toBeNull();
  expect(await keptReceipt(file('nonsense'), crypto, PARTIES)).toBeNull();
  expect(await keptReceipt(file(null), crypto, PARTIES)).toBeNull();
});
