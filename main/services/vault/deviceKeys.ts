import { Refused } from '../../contract/refusal.ts';
import { encodeUtf8 } from '../../core/mcp/utf8.ts';
import type { DeviceKeys, KeyCrypto, Keystore } from './ports.ts';

export const DEVICE_KEY = 'device-key';
const MAC_KEY = 'mac-key';

/**
 * The device's keys, made on the first start: accounts `device-key` (Ed25519, PKCS#8 DER in base64) and `mac-key`
 * (32 bytes in base64). Throws `Refused('KEYCHAIN_UNAVAILABLE')` when one of them is lost or cannot be read: new ones
 * would make an honest device look like a forger, so that is for a person to decide.
 */
export async function openDeviceKeys(keystore: Keystore, crypto: KeyCrypto): Promise<DeviceKeys> {
  let device = await keystore.get(DEVICE_KEY);
  let mac = await keystore.get(MAC_KEY);
  if (device === null) {
    // The MAC key goes first, so that a start cut short leaves nothing that looks like a loss.
    mac ??= await kept(keystore, MAC_KEY, crypto.random());
    device = await kept(keystore, DEVICE_KEY, crypto.newSigningKey());
  }
  if (mac === null) throw new Refused('KEYCHAIN_UNAVAILABLE', `${DEVICE_KEY} is there, ${MAC_KEY} is not`);
  const hmac = crypto.hmac(mac);
  return { ...signing(crypto, device), mac: (purpose, message) => hmac(framed(purpose, message)) };
}

function signing(crypto: KeyCrypto, device: string): Pick<DeviceKeys, 'publicKey' | 'sign'> {
  try {
    return crypto.signingKey(device);
  } catch {
    throw new Refused('KEYCHAIN_UNAVAILABLE', `${DEVICE_KEY} is not an Ed25519 key`);
  }
}

/** A keystore that takes a value and gives back another is none. */
async function kept(keystore: Keystore, account: string, value: string): Promise<string> {
  await keystore.set(account, value);
  if ((await keystore.get(account)) !== value) {
    throw new Refused('KEYCHAIN_UNAVAILABLE', `${account} was stored but did not come back`);
  }
  return value;
}

/** `purpose`, a zero byte, the message: no two purposes share an input. */
function framed(purpose: string, message: Uint8Array): Uint8Array {
  const head = encodeUtf8(`${purpose}\0`);
  const whole = new Uint8Array(head.length + message.length);
  whole.set(head);
  whole.set(message, head.length);
  return whole;
}
