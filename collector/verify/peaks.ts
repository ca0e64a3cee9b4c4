/** A frontier as a row keeps it. */
import { type Frontier, HASH_LENGTH } from '../../main/core/ledger/merkle.ts';

/** The peaks one after the other. */
export function packPeaks({ peaks }: Frontier): Buffer {
  return Buffer.concat(peaks);
}

/** The frontier of so many leaves. Throws when the bytes are not its peaks. */
export function unpackPeaks(size: number, bytes: Uint8Array): Frontier {
  const peaks: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += HASH_LENGTH) peaks.push(bytes.subarray(at, at + HASH_LENGTH));
  const expected = size.toString(2).replaceAll('0', '').length;
  if (peaks.length !== expected) throw new TypeError('The stored peaks do not fit the stored size.');
  return { size, peaks };
}
