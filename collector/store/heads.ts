/** How a device stands: one row, which whoever takes a batch in locks. */
import type { Selectable } from 'kysely';
import type { DeviceHead } from '../../main/contract/collector.ts';
import { Refused } from '../../main/contract/refusal.ts';
import type { Database, TenantTx } from './database.ts';
import type { EnrolledDevice } from './enrolments.ts';
import type { Tables } from './schema.ts';

export type Head = Selectable<Tables['heads']>;

/** What of it the device is told, under our signature. */
export type Standing = Omit<DeviceHead, 'signature'>;

/** How the device stands here. Throws `Refused('CONTINUITY_BROKEN')`. */
export async function headOf({ asTenant }: Database, device: EnrolledDevice): Promise<Standing> {
  const row = await asTenant(device.tenant, (tx) => headRow(tx, device).executeTakeFirstOrThrow());
  if (row.broken) throw new Refused('CONTINUITY_BROKEN');
  return standingOf(row);
}

export function headRow(tx: TenantTx, { tenant, device }: EnrolledDevice) {
  return tx.selectFrom('heads').selectAll().where('tenant_id', '=', tenant).where('device_id', '=', device);
}

export function standingOf({ turn, epoch, size, seen, receipt }: Head): Standing {
  return { turn, epoch, size: Number(size), seen: Number(seen), receipt };
}
