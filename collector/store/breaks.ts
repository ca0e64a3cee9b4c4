/** Where continuity broke: kept for ever, with the heads that contradict each other. */
import { uuidv7 } from 'uuidv7';
import { type ContinuityBreak, continuityBreak } from '../../main/contract/collector.ts';
import type { Database, TenantTx } from './database.ts';
import type { EnrolledDevice } from './enrolments.ts';
import { timestampOf } from './time.ts';

export interface NewBreak {
  readonly kind: ContinuityBreak['kind'];
  readonly epoch: number;
  readonly message: string;
  readonly seq?: number;
  readonly known?: string | null;
  readonly shown?: string;
}

/** How many are listed, and of one device: one that breaks without end hides no other. */
const MOST = 1000;
const MOST_OF_A_DEVICE = 50;
/** How many of a kind are kept of a device, whatever epoch it names: by then it is known. */
export const MOST_OF_A_KIND = 100;

/** Records a break, unless the very same one is there, or many of its kind: a device that goes on so says nothing new. */
export async function keepBreak(tx: TenantTx, device: EnrolledDevice, found: NewBreak): Promise<void> {
  const { kind, epoch, message } = found;
  if (await isKept(tx, device, { kind, epoch, message })) return;
  if ((await countOf(tx, device, kind)) >= MOST_OF_A_KIND) return;
  await tx
    .insertInto('breaks')
    .values({ tenant_id: device.tenant, break_id: uuidv7(), device_id: device.device, ...found })
    .execute();
}

/** Records a break, unless one of its kind is there in this epoch. */
export async function keepFirstBreak(tx: TenantTx, device: EnrolledDevice, found: NewBreak): Promise<void> {
  const { kind, epoch } = found;
  if (!(await isKept(tx, device, { kind, epoch }))) await keepBreak(tx, device, found);
}

async function isKept(
  tx: TenantTx,
  { tenant, device }: EnrolledDevice,
  like: Pick<NewBreak, 'kind' | 'epoch'> & Partial<Pick<NewBreak, 'message'>>,
): Promise<boolean> {
  const row = await tx
    .selectFrom('breaks')
    .select('break_id')
    .where((each) => each.and({ tenant_id: tenant, device_id: device, ...like }))
    .executeTakeFirst();
  return row !== undefined;
}

async function countOf(tx: TenantTx, { tenant, device }: EnrolledDevice, kind: NewBreak['kind']): Promise<number> {
  const { count } = await tx
    .selectFrom('breaks')
    .select((each) => each.fn.countAll<string>().as('count'))
    .where((each) => each.and({ tenant_id: tenant, device_id: device, kind }))
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** The newest of each of a tenant's devices, the newest first. */
export async function breaksOf({ asTenant }: Database, tenant: string): Promise<ContinuityBreak[]> {
  const rows = await asTenant(tenant, (tx) =>
    tx
      .selectFrom((from) =>
        from
          .selectFrom('breaks')
          .selectAll()
          .select((each) =>
            each.fn
              .agg<string>('row_number')
              .over((over) => over.partitionBy('device_id').orderBy('break_id', 'desc'))
              .as('place'),
          )
          .where('tenant_id', '=', tenant)
          .as('breaks'),
      )
      .innerJoin('devices', (join) =>
        join.onRef('devices.tenant_id', '=', 'breaks.tenant_id').onRef('devices.device_id', '=', 'breaks.device_id'),
      )
      .selectAll('breaks')
      .select('devices.name as deviceName')
      .where('place', '<=', String(MOST_OF_A_DEVICE))
      .orderBy('break_id', 'desc')
      .limit(MOST)
      .execute(),
  );
  return rows.map(({ break_id: id, device_id: device, deviceName, kind, epoch, seq, message, at, known, shown }) =>
    continuityBreak.parse({
      id,
      device,
      deviceName,
      kind,
      epoch,
      seq: seq === null ? null : Number(seq),
      message,
      at: timestampOf(at),
      known,
      shown,
    }),
  );
}
