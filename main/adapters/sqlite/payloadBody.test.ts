import fc from 'fast-check';
import { expect, test } from 'vitest';
import { packPayload, unpackPayload } from './payloadBody.ts';

test('what is packed is unpacked', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 2000 }), (bytes) => {
      expect(Buffer.from(unpackPayload(packPayload(bytes)))).toEqual(Buffer.from(bytes));
    }),
  );
});

test('long text becomes short, short text stays as it is', () => {
  expect(packPayload(Buffer.from('{"a":1}')).codec).toBe(0);
  expect(packPayload(Buffer.from('hello '.repeat(1000))).body.length).toBeLessThan(100);
});

test.each([
  ['an unknown codec', { codec: 9, body: Uint8Array.of(1) }],
  ['a damaged body', { codec: 1, body: Uint8Array.of(1) }],
])('%s is refused', (_, packed) => {
  expect(() => unpackPayload(packed)).toThrow(
    expect.objectContaining({ refusal: expect.objectContaining({ code: 'DATABASE_TAMPERED' }) }),
  );
});
