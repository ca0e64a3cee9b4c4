/** How a tenant's devices stand. */
import { sql } from 'kysely';
import type { FleetDevice } from '../../main/contract/collector.ts';
import type { Database } from './database.ts';
import { timestampOf } from './time.ts';

/** Every device, the newest enrolled first. */
export async function fleetOf({ asTenant }: Database, tenant: string): Promise<FleetDevice[]> {
  const rows = await asTenant(tenant, (tx) =>
    tx
      .selectFrom('devices as d')
      .innerJoin('heads as h', (join) =>
        join.onRef('h.tenant_id', '=', 'd.tenant_id').onRef('h.device_id', '=', 'd.device_id'),
      )
      .selectAll('d')
      .select(['h.epoch', 'h.size', 'h.seen', 'h.received_at', 'h.contact_at', 'h.sending', 'h.broken'])
      .select((row) =>
        row
          .selectFrom('breaks as b')
          .select((each) => each.fn.countAll<string>().as('count'))
          .whereRef('b.tenant_id', '=', 'd.tenant_id')
          .whereRef('b.device_id', '=', 'd.device_id')
          .as('breaks'),
      )
      .select(
        sql<FleetDevice['broke']>`array(select distinct b.kind from breaks b
          where b.tenant_id = d.tenant_id and b.device_id = d.device_id order by b.kind)`.as('broke'),
      )
      .where('d.tenant_id', '=', tenant)
      .orderBy('d.device_id', 'desc')
      .execute(),
  );
  const time = (at: Date | null) => (at === null ? null : timestampOf(at));
  return rows.map((row) => ({
    id: row.device_id,
    name: row.name,
    ledgerKey: row.ledger_key,
    enrolledAt: timestampOf(row.enrolled_at),
    revokedAt: time(row.revoked_at),
    lastSeenAt: time(row.contact_at),
    epoch: row.epoch,
    size: Number(row.size),
    seen: Number(row.seen),
    receivedAt: time(row.received_at),
    sending: row.sending,
    broken: row.broken,
    breaks: Number(row.breaks),
    broke: row.broke,
  }));
}
