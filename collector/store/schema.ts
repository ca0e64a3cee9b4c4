/** The tables as queries see them. Every key starts with the tenant, so that the schema distributes as it is. */
import type { ColumnType, Generated } from 'kysely';
import type { SyncFacets, SyncSending } from '../../main/contract/sync.ts';

type Time = ColumnType<Date, Date | string | undefined, Date | string>;
type Maybe<T> = ColumnType<T | null, T | null | undefined, T | null>;
/** PostgreSQL's bigint, which `pg` gives as text: counts of ours stay below 2^53. */
type Count = ColumnType<string, number | undefined, number>;
type Json<T> = ColumnType<T, string, string>;

export interface Tables {
  installation: {
    single: Generated<boolean>;
    cosigner: string;
    bootstrap_hash: Maybe<Buffer>;
    retain_days: Maybe<number>;
  };
  tenants: { tenant_id: string; name: string; created_at: Time };
  operators: { tenant_id: string; operator_id: string; name: string; token_hash: Buffer; created_at: Time };
  sessions: { tenant_id: string; session_hash: Buffer; operator_id: string; until: Time };
  codes: {
    tenant_id: string;
    code_hash: Buffer;
    operator_id: string;
    until: Time;
    device_id: Maybe<string>;
  };
  devices: {
    tenant_id: string;
    device_id: string;
    name: string;
    ledger_key: string;
    request_key: Buffer;
    enrolled_at: Time;
    revoked_at: ColumnType<Date | null, undefined, Date>;
  };
  /** One row a device, which a batch locks: what is known of its ledger. */
  heads: {
    tenant_id: string;
    device_id: string;
    epoch: number;
    size: Count;
    seen: Count;
    peaks: Buffer;
    note: Maybe<string>;
    receipt: Maybe<string>;
    received_at: Maybe<Date>;
    contact_at: Maybe<Date>;
    sending: ColumnType<SyncSending | null, string | null | undefined, string | null>;
    broken: Generated<boolean>;
    turn: Generated<number>;
  };
  nonces: { tenant_id: string; device_id: string; nonce: string; until: Time };
  breaks: {
    tenant_id: string;
    break_id: string;
    device_id: string;
    kind: string;
    epoch: number;
    seq: ColumnType<string | null, number | null | undefined, never>;
    message: string;
    at: Time;
    known: Maybe<string>;
    shown: Maybe<string>;
  };
  /** One row a batch: what its records may be found by. */
  segments: {
    tenant_id: string;
    segment_id: string;
    device_id: string;
    epoch: number;
    first: Count;
    count: number;
    signature: Buffer;
    received_at: Time;
  };
  records: {
    tenant_id: string;
    device_id: string;
    epoch: number;
    seq: Count;
    received_on: string;
    hash: Buffer;
    form: string;
    facets: Json<SyncFacets> | null;
    leaf: string | null;
  };
  payloads: {
    tenant_id: string;
    device_id: string;
    epoch: number;
    seq: Count;
    received_on: string;
    key: Buffer;
    body: Buffer;
  };
}

/** Those that hold what is a tenant's own. */
export const TENANT_TABLES = [
  'tenants',
  'operators',
  'sessions',
  'codes',
  'devices',
  'heads',
  'nonces',
  'breaks',
  'segments',
  'records',
  'payloads',
] as const satisfies readonly (keyof Tables)[];
