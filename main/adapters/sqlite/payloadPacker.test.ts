import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { type PackedPayload, unpackPayload } from './payloadBody.ts';
import { PayloadPacker } from './payloadPacker.ts';

const packedBy = (packer: PayloadPacker) => (bytes: Uint8Array) =>
  new Promise<PackedPayload | null>((resolve) => packer.pack(bytes, resolve));

test('each payload is packed whole and by itself, whatever is packed around it', async () => {
  const packer = new PayloadPacker();
  const payloads = [
    Buffer.from('hello '.repeat(20_000)),
    randomBytes(300_000),
    Buffer.from(randomBytes(100_000).toString('hex')),
    Buffer.from('hello '.repeat(20_000)),
  ];
  const packed = await Promise.all(payloads.map(packedBy(packer)));
  packer.close();
  for (const [at, payload] of payloads.entries())
    expect(payload.equals(unpackPayload(packed[at] as PackedPayload))).toBe(true);
  expect(packed.map((one) => one?.codec)).toEqual([1, 0, 1, 1]);
  expect(packed[3]?.body).toEqual(packed[0]?.body);
});

test('what is under way when it is closed is given up', async () => {
  const packer = new PayloadPacker();
  const packing = Promise.all([1, 2].map(() => packedBy(packer)(randomBytes(100_000))));
  packer.close();
  expect(await packing).toEqual([null, null]);
});
