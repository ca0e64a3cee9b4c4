/** Requests that were seen, by their nonce, until they are too old to be accepted anyway. */
import { sql } from 'kysely';
import type { Database } from './database.ts';
import type { EnrolledDevice } from './enrolments.ts';

/** Remembers that a request was seen. False when it was seen before: a replay. */
export async function firstSeen(
  { asTenant }: Database,
  { tenant, device }: EnrolledDevice,
  nonce: string,
  until: Date,
): Promise<boolean> {
  return asTenant(tenant, async (tx) => {
    const { numInsertedOrUpdatedRows } = await tx
      .insertInto('nonces')
      .values({ tenant_id: tenant, device_id: device, nonce, until })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    return numInsertedOrUpdatedRows === 1n;
  });
}

/** Forgets requests of one device that are too old to be accepted again anyway. */
export async function forgetOld({ asTenant }: Database, { tenant, device }: EnrolledDevice): Promise<void> {
  await asTenant(tenant, (tx) =>
    tx
      .deleteFrom('nonces')
      .where('tenant_id', '=', tenant)
      .where('device_id', '=', device)
      .where('until', '<', sql<Date>`now()`)
      .execute(),
  );
}
