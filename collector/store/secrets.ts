/** Secrets that are handed out once and kept as hashes: 160 bits, so that a plain hash cannot be guessed back. */
import { randomBytes } from 'node:crypto';
import { sha256 } from '../verify/crypto.ts';

export function newSecret(): string {
  return randomBytes(20).toString('base64url');
}

export function secretHash(secret: string): Buffer {
  return sha256(Buffer.from(secret));
}

/** A secret of a tenant, which names it, so that its row is looked for among that tenant's alone. */
export interface TenantSecret {
  readonly tenant: string;
  readonly secret: string;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export function writeTenantSecret({ tenant, secret }: TenantSecret): string {
  return `${tenant}.${secret}`;
}

/** Null for what has not that form. */
export function readTenantSecret(text: string): TenantSecret | null {
  const [tenant = '', secret = '', ...rest] = text.split('.');
  return rest.length === 0 && UUID.test(tenant) && secret.length === 27 ? { tenant, secret } : null;
}
