import { hostname } from 'node:os';
import type { Device } from '../../contract/second.ts';
import type { DeviceKeys } from '../../services/vault/ports.ts';
import { deviceFingerprint } from './fingerprint.ts';

/** This device as others know it: the account, the machine's name, and the key. */
export function ownDevice(person: string, { publicKey }: DeviceKeys): Device {
  const name = `${person} at ${hostname()}`.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '').slice(0, 80);
  return { name, key: Buffer.from(publicKey).toString('base64'), fingerprint: deviceFingerprint(publicKey) };
}
