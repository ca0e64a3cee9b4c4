/** Small JSON values that only this device could have written: a MAC in base64, a space, the JSON. */
import { encodeUtf8 } from '../../core/mcp/utf8.ts';
import type { DeviceKeys, KeyCrypto } from './ports.ts';

/** The value with its MAC; `purpose` keeps one kind from standing in for another. */
export function sealText(keys: DeviceKeys, purpose: string, value: object): string {
  const json = JSON.stringify(value);
  return `${macOf(keys, purpose, json)} ${json}`;
}

/** The value, or undefined when the MAC is not ours. */
export function openText(keys: DeviceKeys, crypto: KeyCrypto, purpose: string, text: string): unknown {
  const space = text.indexOf(' ');
  if (space < 0) return undefined;
  const json = text.slice(space + 1);
  if (!crypto.equal(text.slice(0, space), macOf(keys, purpose, json))) return undefined;
  return JSON.parse(json);
}

function macOf(keys: DeviceKeys, purpose: string, json: string): string {
  return Buffer.from(keys.mac(purpose, encodeUtf8(json))).toString('base64');
}
