/** What the collector's own role can do with another organisation's rows: tried in every table there is. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Collector, startCollector } from '../fixtures/collector.ts';
import { type Postgres, startPostgres } from '../fixtures/postgres.ts';

const ROLE = 'countersign_collector';
const OURS = randomUUID();
const THEIRS = randomUUID();

let postgres: Postgres;
let data: string;
let collector: Collector;
let owner: pg.Client;
/** Connected as the role that serves, as whoever takes a collector over would be. */
let role: pg.Client;
let tables: string[];

beforeAll(async () => {
  postgres = await startPostgres();
  data = mkdtempSync(join(tmpdir(), 'countersign-collector-'));
  collector = await startCollector({ data, databaseUrl: postgres.url });
  owner = new pg.Client(postgres.url);
  await owner.connect();
  await owner.query(`alter role ${ROLE} password 'spec'`);
  const { rows } = await owner.query(
    "select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition",
  );
  tables = rows.map(({ relname }) => relname);
  for (const tenant of [OURS, THEIRS]) for (const table of inOrder(tables)) await owner.query(...rowOf(table, tenant));
  const url = new URL(postgres.url);
  [url.username, url.password] = [ROLE, 'spec'];
  role = new pg.Client(url.href);
  await role.connect();
}, 60_000);

afterAll(async () => {
  await Promise.all([role.end(), owner.end()]);
  await collector.stop();
  await postgres.stop();
  rmSync(data, { recursive: true, force: true });
});

/** Those that others refer to come first. */
function inOrder(names: readonly string[]): string[] {
  const first = ['tenants', 'operators', 'devices'];
  return [...first, ...names.filter((name) => !first.includes(name))];
}

/** One row of each table; a table that is new here fails the spec until somebody says how its rows look. */
const ROWS: Readonly<Record<string, string>> = {
  tenants: "(tenant_id, name) values ($1, 'x')",
  operators: "(tenant_id, operator_id, name, token_hash) values ($1, $1, 'x', 'x')",
  sessions: "(tenant_id, operator_id, session_hash, until) values ($1, $1, 'x', now())",
  codes: "(tenant_id, operator_id, code_hash, until) values ($1, $1, 'x', now())",
  devices: "(tenant_id, device_id, name, ledger_key, request_key) values ($1, $1, 'x', 'x', 'x')",
  heads: "(tenant_id, device_id, epoch, size, seen, peaks) values ($1, $1, 0, 0, 0, '')",
  nonces: "(tenant_id, device_id, nonce, until) values ($1, $1, 'x', now())",
  breaks: "(tenant_id, break_id, device_id, kind, epoch, message) values ($1, $1, $1, 'altered', 1, 'x')",
  segments: "(tenant_id, segment_id, device_id, epoch, first, count, signature) values ($1, $1, $1, 1, 0, 1, 'x')",
  records:
    "(tenant_id, device_id, epoch, seq, received_on, hash, form) values ($1, $1, 1, 0, current_date, 'x', 'hash')",
  payloads: "(tenant_id, device_id, epoch, seq, received_on, key, body) values ($1, $1, 1, 0, current_date, 'x', 'x')",
};

function rowOf(table: string, tenant: string): [string, string[]] {
  const row = ROWS[table];
  if (row === undefined) throw new Error(`Nobody has said how a row of ${table} looks.`);
  return [`insert into ${table}${row}`, [tenant]];
}

/** Runs a statement as this tenant, in a transaction that is undone; the answer, or the code of the refusal. */
async function as(
  tenant: string | null,
  sql: string,
  values: readonly string[] = [],
): Promise<pg.QueryResult | string> {
  await role.query('begin');
  try {
    if (tenant !== null) await role.query("select set_config('countersign.tenant', $1, true)", [tenant]);
    return await role.query(sql, [...values]);
  } catch (error) {
    return String((error as { code?: string }).code);
  } finally {
    await role.query('rollback');
  }
}

const FORBIDDEN = '42501';
/** Refused outright, or as if the rows were not there. */
const nothing = (answer: pg.QueryResult | string) =>
  answer === FORBIDDEN || (typeof answer !== 'string' && answer.rowCount === 0);

test('every table that holds an organisation’s rows is tried', () => {
  expect(tables.sort()).toEqual(Object.keys(ROWS).sort());
});

test('an organisation reads its own rows, and nobody else’s', async () => {
  for (const table of tables) {
    const own = await as(OURS, `select tenant_id from ${table}`);
    expect([table, typeof own === 'string' ? own : own.rows]).toEqual([table, [{ tenant_id: OURS }]]);
    expect(nothing(await as(OURS, `select from ${table} where tenant_id = $1`, [THEIRS]))).toBe(true);
  }
});

test('without an organisation there is nothing to read', async () => {
  for (const table of tables) expect(nothing(await as(null, `select from ${table}`))).toBe(true);
});

test('nobody writes, changes or removes another organisation’s rows', async () => {
  for (const table of tables) {
    expect([table, await as(OURS, rowOf(table, THEIRS)[0], [THEIRS])]).toEqual([table, FORBIDDEN]);
    expect([
      table,
      nothing(await as(OURS, `update ${table} set tenant_id = tenant_id where tenant_id = $1`, [THEIRS])),
    ]).toEqual([table, true]);
    expect([table, nothing(await as(OURS, `delete from ${table} where tenant_id = $1`, [THEIRS]))]).toEqual([
      table,
      true,
    ]);
    expect(nothing(await as(OURS, `update ${table} set tenant_id = $1`, [THEIRS]))).toBe(true);
  }
});

test('records are added and never changed, not even one’s own', async () => {
  for (const table of ['records', 'payloads', 'segments', 'breaks']) {
    expect(await as(OURS, `delete from ${table}`)).toBe(FORBIDDEN);
    expect(await as(OURS, `update ${table} set epoch = 9`)).toBe(FORBIDDEN);
    expect(await as(OURS, `truncate ${table}`)).toBe(FORBIDDEN);
  }
});

test('every key begins with the organisation, so that the tables distribute by it as they are', async () => {
  const { rows } = await owner.query(
    `select c.relname as table, a.attname as first from pg_index i join pg_class c on c.oid = i.indrelid
      join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
      where i.indisunique and c.relnamespace = 'public'::regnamespace and not c.relispartition`,
  );
  const keyed = rows.filter(({ first }) => first === 'tenant_id').map(({ table }) => table);
  expect(keyed.sort()).toEqual(Object.keys(ROWS).sort());
  const { rows: references } = await owner.query(
    `select conrelid::regclass::text as table from pg_constraint c join pg_attribute a
      on a.attrelid = c.conrelid and a.attnum = c.conkey[1] where contype = 'f' and attname <> 'tenant_id'`,
  );
  expect(references).toEqual([]);
});

test('what is older than is to be kept goes by the week: arguments and results, never a record', async () => {
  const parts = async () => {
    const { rows } = await owner.query("select relname from pg_class where relispartition and relkind = 'r'");
    return rows.map(({ relname }) => String(relname));
  };
  const weekOf = async (days: number) => {
    const { rows } = await owner.query(
      `select to_char(date_trunc('week', current_date - ${days}), 'YYYYMMDD') as week`,
    );
    return String(rows[0].week);
  };
  const [old, kept] = await Promise.all([weekOf(50), weekOf(30)]);
  for (const table of ['records', 'payloads'])
    for (const week of [old, kept])
      await owner.query(
        `create table ${table}_${week} partition of ${table} for values from ('${week}') to ('${week}'::date + 7)`,
      );
  await owner.query('update installation set retain_days = 40');
  await role.query('select maintain()');
  await owner.query('update installation set retain_days = null');
  const left = await parts();
  expect(left).toEqual(expect.arrayContaining([`records_${old}`, `records_${kept}`, `payloads_${kept}`]));
  expect(left).not.toContain(`payloads_${old}`);
});

test('there is no way around: partitions, other roles, the policies themselves', async () => {
  const { rows } = await owner.query("select relname from pg_class where relispartition and relkind = 'r'");
  expect(rows.length).toBeGreaterThan(8);
  for (const { relname } of rows) expect(await as(THEIRS, `select from ${relname}`)).toBe(FORBIDDEN);
  expect(await as(OURS, 'set role postgres')).toBe(FORBIDDEN);
  expect(await as(OURS, 'alter table records disable row level security')).toBe(FORBIDDEN);
  expect(await as(OURS, 'drop policy tenant on records')).toBe(FORBIDDEN);
  expect(await as(OURS, 'drop table payloads')).toBe(FORBIDDEN);
  expect(await as(OURS, 'update installation set retain_days = 0')).toBe(FORBIDDEN);
  expect(await as(OURS, 'select * from kysely_migration')).toBe(FORBIDDEN);
});

test('a collector does not serve as a role that could step around all this', async () => {
  const place = { data, databaseUrl: postgres.url };
  process.env.DATABASE_SERVING_URL = postgres.url;
  try {
    await expect(startCollector(place)).rejects.toThrow('can step around row-level security');
  } finally {
    delete process.env.DATABASE_SERVING_URL;
  }
});

test('a collector that may not do all it was told to ends, and says why', async () => {
  const place = { data, databaseUrl: postgres.url };
  for (const [args, why] of [
    [['--metrics-port', new URL(collector.url).port], 'EADDRINUSE'],
    [['--tls-cert', 'chain.pem'], 'belong together'],
    [['--records-per-minute', '999'], '1000 or more'],
  ] as const)
    await expect(startCollector({ ...place, args })).rejects.toThrow(why);
});

test('a collector with another key does not serve this database', async () => {
  const other = mkdtempSync(join(tmpdir(), 'countersign-collector-'));
  await expect(startCollector({ data: other, databaseUrl: postgres.url })).rejects.toThrow('another key');
  rmSync(other, { recursive: true, force: true });
});
