/** Secrets that are handed out once and kept as hashes: 160 bits, so that a plain hash cannot be guessed back. */
import { randomBytes } from 'node:crypto';
import { sha256 } from '../verify/crypto.ts';
import { UUID } from './uuid.ts';

export function newSecret(): string {
  return randomBytes(20).toString('base64url');
}

export function secretHash(secret: string): Buffer {
  return sha256(secret);
}

/** A secret of a tenant, which names it, so that its row is looked for among that tenant's alone. */
export interface TenantSecret {
  readonly tenant: string;
  readonly secret: string;
}

const TENANT = new RegExp(`^${UUID}$`);

export function writeTenantSecret({ tenant, secret }: TenantSecret): string {
  return `${tenant}.${secret}`;
}

/** Null for what has not that form. */
export function readTenantSecret(text: string): TenantSecret | null {
  const [tenant = '', secret = '', ...rest] = text.split('.');
  return rest.length === 0 && TENANT.test(tenant) && secret.length === 27 ? { tenant, secret } : null;
}
