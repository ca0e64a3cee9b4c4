/** Codes, and the devices they enrol. */
import { sql } from 'kysely';
import { uuidv7 } from 'uuidv7';
import { type Enrolment, enrolmentText } from '../../main/contract/collector.ts';
import { Refused } from '../../main/contract/refusal.ts';
import { verifySignature } from '../verify/crypto.ts';
import { readLedgerKey } from '../verify/deviceLog.ts';
import type { Database, TenantTx } from './database.ts';
import type { Operator } from './organisations.ts';
import { newSecret, readTenantSecret, secretHash, type TenantSecret } from './secrets.ts';
import { timestampOf } from './time.ts';

/** A device as requests prove it. */
export interface EnrolledDevice {
  readonly tenant: string;
  readonly device: string;
  readonly name: string;
  readonly ledgerKey: string;
  readonly requestKey: Buffer;
  readonly revoked: boolean;
}

/** A code for one device. Behind the secret stands the collector's key, so that the device knows whom it talks to. */
export async function makeCode(
  { asTenant }: Database,
  { tenant, operator }: Operator,
  minutes: number,
  cosigner: Buffer,
): Promise<{ code: string; until: string }> {
  const secret = newSecret();
  const until = new Date(Date.now() + minutes * 60_000);
  await asTenant(tenant, (tx) =>
    tx
      .insertInto('codes')
      .values({ tenant_id: tenant, code_hash: secretHash(secret), operator_id: operator, until })
      .execute(),
  );
  return { code: `${tenant}.${secret}.${cosigner.toString('base64url')}`, until: timestampOf(until) };
}

/**
 * Enrols the device that holds both keys. A code counts once; asked again with the same keys, for the answer may have been
 * lost, the answer is the same. Throws `Refused('ENROLMENT_INVALID')`.
 */
export async function enrol(
  { asTenant }: Database,
  enrolment: Enrolment,
): Promise<{ tenant: string; device: string; organisation: string }> {
  const { code, name, ledgerKey, requestKey, proof } = enrolment;
  const read = readTenantSecret(code.split('.').slice(0, 2).join('.'));
  const log = readLedgerKey(ledgerKey);
  if (read === null || log === null) throw new Refused('ENROLMENT_INVALID', 'the code or the key has not their form');
  if (!verifySignature(log.publicKey, Buffer.from(enrolmentText(enrolment)), Buffer.from(proof, 'base64')))
    throw new Refused('ENROLMENT_INVALID', 'the ledger’s key did not sign this');
  const { tenant } = read;
  return asTenant(tenant, async (tx) => {
    const { name: organisation } = await tx
      .selectFrom('tenants')
      .select('name')
      .where('tenant_id', '=', tenant)
      .executeTakeFirstOrThrow(() => new Refused('ENROLMENT_INVALID'));
    const device = uuidv7();
    const spent = await tx
      .updateTable('codes')
      .set({ device_id: device })
      .where('tenant_id', '=', tenant)
      .where('code_hash', '=', secretHash(read.secret))
      .where('device_id', 'is', null)
      .where('until', '>', sql<Date>`now()`)
      .executeTakeFirst();
    if (spent.numUpdatedRows === 0n) return { tenant, device: await enrolledBy(tx, read, enrolment), organisation };
    await tx
      .insertInto('devices')
      .values({
        tenant_id: tenant,
        device_id: device,
        name,
        ledger_key: ledgerKey,
        request_key: Buffer.from(requestKey, 'base64'),
      })
      .execute();
    await tx
      .insertInto('heads')
      .values({ tenant_id: tenant, device_id: device, epoch: 0, size: 0, seen: 0, peaks: Buffer.alloc(0) })
      .execute();
    return { tenant, device, organisation };
  });
}

/** The device that a code has enrolled with these very keys. Throws `Refused('ENROLMENT_INVALID')`. */
async function enrolledBy(
  tx: TenantTx,
  { tenant, secret }: TenantSecret,
  { ledgerKey, requestKey }: Pick<Enrolment, 'ledgerKey' | 'requestKey'>,
): Promise<string> {
  const { device_id: device } = await tx
    .selectFrom('codes')
    .innerJoin('devices', (join) =>
      join.onRef('devices.tenant_id', '=', 'codes.tenant_id').onRef('devices.device_id', '=', 'codes.device_id'),
    )
    .select('devices.device_id')
    .where('codes.tenant_id', '=', tenant)
    .where('code_hash', '=', secretHash(secret))
    .where('ledger_key', '=', ledgerKey)
    .where('request_key', '=', Buffer.from(requestKey, 'base64'))
    .where('revoked_at', 'is', null)
    .executeTakeFirstOrThrow(() => new Refused('ENROLMENT_INVALID'));
  return device;
}

/** The device of this name in this tenant; null when there is none. */
export async function deviceOf({ asTenant }: Database, tenant: string, device: string): Promise<EnrolledDevice | null> {
  const row = await asTenant(tenant, (tx) =>
    tx
      .selectFrom('devices')
      .selectAll()
      .where('tenant_id', '=', tenant)
      .where('device_id', '=', device)
      .executeTakeFirst(),
  );
  if (row === undefined) return null;
  const { name, ledger_key: ledgerKey, request_key: requestKey, revoked_at } = row;
  return { tenant, device, name, ledgerKey, requestKey, revoked: revoked_at !== null };
}

/** From now on requests are proved by this key alone. */
export async function rotate({ asTenant }: Database, { tenant, device }: EnrolledDevice, key: Buffer): Promise<void> {
  await asTenant(tenant, (tx) =>
    tx
      .updateTable('devices')
      .set({ request_key: key })
      .where('tenant_id', '=', tenant)
      .where('device_id', '=', device)
      .execute(),
  );
}

/** Takes nothing more from a device. Throws `Refused('NOT_FOUND')`. */
export async function revoke({ asTenant }: Database, tenant: string, device: string): Promise<void> {
  const { numUpdatedRows } = await asTenant(tenant, (tx) =>
    tx
      .updateTable('devices')
      .set({ revoked_at: new Date() })
      .where('tenant_id', '=', tenant)
      .where('device_id', '=', device)
      .where('revoked_at', 'is', null)
      .executeTakeFirst(),
  );
  if (numUpdatedRows === 0n) throw new Refused('NOT_FOUND', device);
}
