/** Connections to PostgreSQL: the role that serves, and transactions that belong to one tenant. */
import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely';
import pg from 'pg';
import type { Tables } from './schema.ts';

/** A transaction that sees one tenant's rows and no others. */
export type TenantTx = Transaction<Tables>;

export interface Database {
  readonly db: Kysely<Tables>;
  /** Runs a transaction for this tenant. Whatever it throws rolls back. */
  asTenant<T>(tenant: string, work: (tx: TenantTx) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** A statement that hangs would hold a device's head. */
const STATEMENT_MS = 30_000;

/** Opens a pool. Nothing is connected yet. */
export function openDatabase(url: string, connections: number): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: 10_000,
    statement_timeout: STATEMENT_MS,
    application_name: 'countersign-collector',
  });
  // A connection that dies while nobody uses it is replaced; whoever uses one hears of it there.
  pool.on('error', () => {});
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  return {
    db,
    asTenant: (tenant, work) =>
      db.transaction().execute(async (tx) => {
        await sql`select set_config('countersign.tenant', ${tenant}, true)`.execute(tx);
        return work(tx);
      }),
    close: () => db.destroy(),
  };
}

/** Why this role must not serve; null when it may: it owns no table, and row-level security holds for it. */
export async function unfit(db: Kysely<Tables>): Promise<string | null> {
  const { rows } = await sql<{ privileged: boolean; owns: boolean; name: string }>`
    select current_user as name,
      (select bool_or(r.rolsuper or r.rolbypassrls or r.rolcreaterole)
        from pg_roles r where pg_has_role(current_user, r.oid, 'member')) as privileged,
      exists(select from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = 'public' and pg_has_role(current_user, c.relowner, 'member')) as owns`.execute(db);
  const [role] = rows;
  if (role === undefined) return 'the database does not say who we are';
  if (role.privileged) return `the role ${role.name} can step around row-level security`;
  return role.owns ? `the role ${role.name} owns tables, so row-level security does not bind it` : null;
}
