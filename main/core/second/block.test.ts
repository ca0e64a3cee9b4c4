import { expect, test } from 'vitest';
import { readBlock, signedBytes, writeBlock } from './block.ts';

const signature = Uint8Array.from({ length: 64 }, (_, at) => at);
const json = JSON.stringify({ say: 'Grüße '.repeat(40) });

test('what was written is read, also quoted, indented and between other words', () => {
  const text = writeBlock('request', json, signature);
  expect(readBlock('request', text)).toEqual({ json, signature });
  const quoted = text.replace(/^/gm, '> > ');
  expect(readBlock('request', `Could you look at this?\r\n${quoted}\r\nThanks`)).toEqual({ json, signature });
  expect(Math.max(...text.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(76);
});

test('a request is no answer, and neither is what lacks an end, is too short or not base64', () => {
  const text = writeBlock('request', json, signature);
  expect(readBlock('answer', text)).toBeNull();
  expect(readBlock('request', text.replace('-----END', '-----'))).toBeNull();
  expect(readBlock('request', writeBlock('request', '', signature))).toBeNull();
  expect(readBlock('request', text.replace(/\n[A-Za-z0-9+/]/, '\n*'))).toBeNull();
  expect(readBlock('request', 'nothing here')).toBeNull();
});

test('the two kinds are signed apart', () => {
  expect(signedBytes('request', json)).not.toEqual(signedBytes('answer', json));
});
