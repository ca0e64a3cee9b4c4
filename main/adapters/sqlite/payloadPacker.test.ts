import { randomBytes } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
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

test('what is under way when it is closed is given up, however far it was', async () => {
  const payload = Buffer.from('hello '.repeat(20_000));
  for (let turns = 0; turns < 60; turns += 1) {
    const packer = new PayloadPacker();
    const packing = [1, 2].map(() => packedBy(packer)(payload));
    for (let turn = 0; turn < turns % 12; turn += 1) await setImmediate();
    packer.close();
    for (const packed of await Promise.all(packing))
      if (packed !== null) expect(payload.equals(unpackPayload(packed))).toBe(true);
    if (turns === 0) expect(await Promise.all(packing)).toEqual([null, null]);
  }
});
