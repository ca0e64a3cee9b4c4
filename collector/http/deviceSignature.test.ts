import { generateKeyPairSync, sign } from 'node:crypto';
import { httpbis } from 'http-message-signatures';
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

test('a second signature beside a good one makes nobody else the sender', async () => {
  const other = '01939f3a-7c00-7000-8000-000000000002';
  const own = generateKeyPairSync('ed25519');
  const key = own.publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
  const looked: string[] = [];
  const devices = (tenant: string) => {
    looked.push(tenant);
    const requestKey = tenant === ID ? key : Buffer.alloc(32);
    const row = { name: 'ada', ledger_key: '', request_key: requestKey, revoked_at: null };
    // The device that did not sign is found last, as a busy database may well have it.
    return tenant === ID ? Promise.resolve(row) : new Promise((found) => setImmediate(() => found(row)));
  };
  const answering = { asTenant: devices } as unknown as Database;
  const message = request(`${ID}/${ID}`);
  const { headers } = await httpbis.signMessage(
    {
      key: { id: `${ID}/${ID}`, alg: 'ed25519', sign: async (data) => sign(null, data, own.privateKey) },
      fields: ['@method', '@authority', '@path', 'content-digest'],
      params: ['created', 'nonce', 'keyid', 'alg'],
      paramValues: { created: new Date(), nonce: 'n'.repeat(24) },
    },
    { ...message, headers: { host: message.headers.host, 'content-digest': message.headers['content-digest'] } },
  );
  const signed = headers as Record<string, string>;
  expect(await provedRequest(answering, { ...message, headers: signed })).toMatchObject({ device: { tenant: ID } });

  const foreign = request(`${other}/${other}`).headers;
  const both = (name: 'signature-input' | 'signature') =>
    `${foreign[name].replace(/^sig=/, 'other=')}, ${signed[name === 'signature' ? 'Signature' : 'Signature-Input']}`;
  const two = { ...message.headers, 'signature-input': both('signature-input'), signature: both('signature') };
  looked.length = 0;
  await expect(provedRequest(answering, { ...message, headers: two })).rejects.toMatchObject({
    refusal: { code: 'SIGNATURE_REFUSED' },
  });
  expect(looked.length).toBeLessThan(2);
});
