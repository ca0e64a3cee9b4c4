/** What the owner of the database does, once at the start: schema, serving role, the installation's own row. */
import { sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import { hmac } from '../verify/crypto.ts';
import { type Database, openDatabase } from './database.ts';
import { MIGRATIONS, ROLE } from './migrations.ts';
import { newSecret, secretHash } from './secrets.ts';

export interface Installed {
  /** Founds the first organisation; null when that was done, or the token was printed before. */
  readonly bootstrap: string | null;
}

export interface InstallOptions {
  /** Connection of the role that owns the tables. */
  readonly ownerUrl: string;
  /** Password of the serving role; null when somebody else looks after it. */
  readonly password: string | null;
  /** The collector's public key, as devices know it. */
  readonly cosigner: string;
  /** 0: for ever; null: as before. */
  readonly retainDays: number | null;
}

/** Two collectors that start at once take turns. */
const LOCK = 7310020;

/** Brings the schema up to date. Rejects when the role may not, or the database belongs to collectors with another key. */
export async function install(options: InstallOptions): Promise<Installed> {
  const owner = openDatabase(options.ownerUrl, 1);
  try {
    return await owner.db.connection().execute(async (db) => {
      await sql`select pg_advisory_lock(${LOCK})`.execute(db);
      try {
        await makeRole({ ...owner, db }, options.password);
        const { error } = await new Migrator({ db, provider: MIGRATIONS }).migrateToLatest();
        if (error) throw error;
        return await settle({ ...owner, db }, options);
      } finally {
        await sql`select pg_advisory_unlock(${LOCK})`.execute(db);
      }
    });
  } finally {
    await owner.close();
  }
}

/** A token that founds one more organisation; an older one that was not used is void. */
export async function renewBootstrap(options: InstallOptions): Promise<string> {
  const { bootstrap } = await install(options);
  if (bootstrap !== null) return bootstrap;
  const owner = openDatabase(options.ownerUrl, 1);
  try {
    const token = newSecret();
    await owner.db
      .updateTable('installation')
      .set({ bootstrap_hash: secretHash(token) })
      .execute();
    return token;
  } finally {
    await owner.close();
  }
}

async function makeRole({ db }: Database, password: string | null): Promise<void> {
  const { rows } = await sql`select from pg_roles where rolname = ${ROLE}`.execute(db);
  const login = password === null ? sql`nologin` : sql`login password ${sql.lit(password)}`;
  if (rows.length === 0) {
    await sql`create role ${sql.id(ROLE)} nosuperuser nobypassrls nocreatedb nocreaterole ${login}`.execute(db);
  } else if (password !== null) await sql`alter role ${sql.id(ROLE)} ${login}`.execute(db);
}

async function settle({ db }: Database, { cosigner, retainDays }: InstallOptions): Promise<Installed> {
  const there = await db.selectFrom('installation').selectAll().executeTakeFirst();
  if (there !== undefined && there.cosigner !== cosigner)
    throw new Error('This database belongs to collectors with another key: start with that key file.');
  const bootstrap = there === undefined ? newSecret() : null;
  if (bootstrap !== null)
    await db
      .insertInto('installation')
      .values({ cosigner, bootstrap_hash: secretHash(bootstrap) })
      .execute();
  if (retainDays !== null)
    await db
      .updateTable('installation')
      .set({ retain_days: retainDays === 0 ? null : retainDays })
      .execute();
  await sql`select maintain()`.execute(db);
  return { bootstrap };
}

/** The serving role's password, which every collector with the key knows. */
export function rolePassword(key: Uint8Array): string {
  return hmac(key, 'database role').toString('base64url');
}

/** The same database as the serving role. */
export function servingUrl(ownerUrl: string, password: string): string {
  const url = new URL(ownerUrl);
  url.username = ROLE;
  url.password = password;
  return url.href;
}
