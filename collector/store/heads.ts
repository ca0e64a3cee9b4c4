/** How a device stands: one row, which whoever takes a batch in locks. */
import type { Selectable } from 'kysely';
import type { DeviceHead } from '../../main/contract/collector.ts';
import { Refused } from '../../main/contract/refusal.ts';
import type { Database, TenantTx } from './database.ts';
import type { EnrolledDevice } from './enrolments.ts';
import type { Tables } from './schema.ts';

export type Head = Selectable<Tables['heads']>;

/** How the device stands here. Throws `Refused('CONTINUITY_BROKEN')`. */
export async function headOf({ asTenant }: Database, device: EnrolledDevice): Promise<DeviceHead> {
  const row = await asTenant(device.tenant, (tx) => headRow(tx, device).executeTakeFirstOrThrow());
  if (row.broken) throw new Refused('CONTINUITY_BROKEN');
  return deviceHeadOf(row);
}

export function headRow(tx: TenantTx, { tenant, device }: EnrolledDevice) {
  return tx.selectFrom('heads').selectAll().where('tenant_id', '=', tenant).where('device_id', '=', device);
}

/** What of the row the device is told. */
export function deviceHeadOf({ turn, epoch, size, seen, receipt }: Omit<Head, 'tenant_id'>): DeviceHead {
  return { turn, epoch, size: Number(size), seen: Number(seen), receipt };
}
