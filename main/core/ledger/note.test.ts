import { createPublicKey, generateKeyPairSync, hash, sign, verify } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { type Checkpoint, checkpointText, parseCheckpoint } from './checkpoint.ts';
import { type NoteKey, openNote, signNote, splitNote, verifierKey } from './note.ts';

const sha256 = (bytes: Uint8Array): Uint8Array => hash('sha256', bytes, 'buffer');
const SPKI = Buffer.from('302a300506032b6570032100', 'hex');
const verifySignature = (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array) =>
  verify(
    null,
    message,
    createPublicKey({ key: Buffer.concat([SPKI, publicKey]), format: 'der', type: 'spki' }),
    signature,
  );

describe('signed notes (c2sp.org/signed-note)', () => {
  // The example of Go's golang.org/x/mod/sumdb/note.
  const vkey = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
  const peter: NoteKey = {
    name: 'PeterNeumann',
    publicKey: Buffer.from('ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW', 'base64').subarray(1),
  };
  const text =
    'If you think cryptography is the answer to your problem,\nthen you don’t know what your problem is.\n'.replace(
      '’',
      "'",
    );
  const note = `${text}\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n`;

  test('a note signed elsewhere is opened', () => {
    expect(verifierKey(sha256, peter)).toBe(vkey);
    expect(openNote(sha256, note, peter, verifySignature)).toBe(text);
  });

  test('signatures of unknown keys are ignored, whatever their name', () => {
    const cosigned = `${note}— witness.example/w AAAAAAAAAAAAAAAA\n— PeterNeumann AAAAAAAAAAAAAAAA\n`;
    expect(openNote(sha256, cosigned, peter, verifySignature)).toBe(text);
  });

  test.each([
    ['a changed text', note.replace('problem,', 'problem;')],
    ['a changed signature', note.replace('x08go/ZJ', 'x08go/ZK')],
    ['no signature', text],
    ['another name', note.replace('— PeterNeumann', '— PaulNeumann')],
    ['a control character', note.replace('you', 'y\tou')],
    ['a carriage return', note.replace('\n— ', '\r\n— ')],
    ['a cut end', note.slice(0, -1)],
    ['a line that is no signature', `${note}hello\n`],
    ['base64 of another alphabet', note.replace('x08go/', 'x08go_')],
  ])('%s is refused', (_, broken) => {
    expect(openNote(sha256, broken, peter, verifySignature)).toBeNull();
  });

  test('what is signed here opens here, and the text may have empty lines', () => {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const key = { name: 'example.org/log', publicKey: publicKey.export({ format: 'der', type: 'spki' }).subarray(-32) };
    const signed = signNote(sha256, 'one\n\ntwo\n', key, (message) => sign(null, message, privateKey));
    expect(openNote(sha256, signed, key, verifySignature)).toBe('one\n\ntwo\n');
    expect(splitNote(signed)?.signatures).toHaveLength(1);
  });
});

describe('checkpoints (c2sp.org/tlog-checkpoint)', () => {
  const example = 'example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n';

  test('the example of the specification', () => {
    const head = parseCheckpoint(example);
    expect(head).toMatchObject({ origin: 'example.com/behind-the-sofa', size: 20852163 });
    expect(head && checkpointText(head)).toBe(example);
    expect(parseCheckpoint(`${example}an extension\n`)).toEqual({ ...head, extensions: ['an extension'] });
    expect(checkpointText({ ...head, extensions: ['one', 'two'] } as Checkpoint)).toBe(`${example}one\ntwo\n`);
  });

  test.each([
    example.replace('20852163', '020852163'),
    example.replace('20852163', '-1'),
    example.replace('20852163', '9999999999999999'),
    example.replace('CsUY', 'Cs'),
    example.replace('q2I=', 'q2I'),
    example.slice(0, -1),
    '',
  ])('%j is none', (text) => {
    expect(parseCheckpoint(text)).toBeNull();
  });
});
