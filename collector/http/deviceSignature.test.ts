import { expect, test } from 'vitest';
import type { Database } from '../store/database.ts';
import { sha256 } from '../verify/crypto.ts';
import { provedRequest } from './deviceSignature.ts';

const ID = '01939f3a-7c00-7000-8000-000000000001';
const database = (asTenant: () => Promise<never>) => ({ asTenant }) as unknown as Database;
const failing = database(async () => {
  throw new Error('connect ECONNREFUSED 10.0.0.5:5432');
});

function request(keyid: string) {
  const fields = '("@method" "@authority" "@path" "content-digest")';
  const params = `created=${Math.floor(Date.now() / 1000)};nonce="${'n'.repeat(24)}";keyid="${keyid}";alg="ed25519"`;
  const headers = {
    host: 'collector',
    'content-digest': `sha-256=:${sha256('').toString('base64')}:`,
    'signature-input': `sig=${fields};${params}`,
    signature: `sig=:${Buffer.alloc(64).toString('base64')}:`,
  };
  return { method: 'GET', url: 'http://collector/v1/device/head', headers };
}

test('a database that does not answer says nothing about a device, and nothing about itself to strangers', async () => {
  await expect(provedRequest(failing, request(`${ID}/${ID}`))).rejects.toThrow('ECONNREFUSED');
});

test('a key id that names no device is looked for nowhere', async () => {
  for (const keyid of ['', ID, `${'-'.repeat(36)}/${ID}`, `${ID}/${'0'.repeat(36)}`])
    await expect(provedRequest(failing, request(keyid))).rejects.toMatchObject({
      refusal: { code: 'SIGNATURE_REFUSED' },
    });
});
