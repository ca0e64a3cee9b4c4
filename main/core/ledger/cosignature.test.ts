import { createHash, generateKeyPairSync, sign as signWith, verify as verifyWith } from 'node:crypto';
import { expect, test } from 'vitest';
import { cosign, cosignerKey, openCosigned, readCosignerKey } from './cosignature.ts';
import { openNote, signNote } from './note.ts';

const hash = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest();
const verify = (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array) =>
  verifyWith(
    null,
    message,
    { key: Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), publicKey]), format: 'der', type: 'spki' },
    signature,
  );

function party(name: string) {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
  return { key: { name, publicKey: raw }, sign: (message: Uint8Array) => signWith(null, message, privateKey) };
}
const log = party('log.example/1');
const witness = party('witness.example');
const TEXT = 'log.example/1\n3\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n';
const note = signNote(hash, TEXT, log.key, log.sign);
const seen = cosign(hash, note, witness.key, 1_795_000_000, witness.sign);

test('a cosigned note says what was seen and when, and still holds for the log', () => {
  expect(openCosigned(hash, seen, witness.key, verify)).toEqual({ text: TEXT, seconds: 1_795_000_000 });
  expect(openNote(hash, seen, log.key, verify)).toBe(TEXT);
});

test('a witness’s key survives being written down, and no other text is one', () => {
  const text = cosignerKey(hash, witness.key);
  expect(readCosignerKey(hash, text)?.publicKey).toEqual(new Uint8Array(witness.key.publicKey));
  expect(readCosignerKey(hash, text.replace('witness', 'another'))).toBeNull();
  expect(readCosignerKey(hash, 'nothing')).toBeNull();
});

test.each([
  ['a note without it', note],
  ['another text', seen.replace('\n3\n', '\n4\n')],
  ['another time', seen.replace(/(witness\.example [A-Za-z0-9+/]{10})./, (_, head) => `${head}C`)],
  ['no note', 'witness.example'],
])('%s says nothing', (_, text) => {
  expect(openCosigned(hash, text, witness.key, verify)).toBeNull();
});

test('another witness’s signature does not count', () => {
  const other = party('witness.example');
  expect(openCosigned(hash, seen, other.key, verify)).toBeNull();
});

test('the log’s own signature is no cosignature', () => {
  expect(openCosigned(hash, note, log.key, verify)).toBeNull();
});
