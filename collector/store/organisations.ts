/** Organisations (tenants) and the people who operate them. */
import { sql } from 'kysely';
import { uuidv7 } from 'uuidv7';
import { Refused } from '../../main/contract/refusal.ts';
import type { Database } from './database.ts';
import { newSecret, readTenantSecret, secretHash, writeTenantSecret } from './secrets.ts';

/** A person who is signed in. */
export interface Operator {
  readonly tenant: string;
  readonly operator: string;
  readonly name: string;
  readonly organisation: string;
}

const SESSION_HOURS = 12;

/** Spends the bootstrap token; the answer is the first operator's token, which is told once. Throws `Refused('SIGN_IN_NEEDED')`. */
export async function found(
  { asTenant }: Database,
  { bootstrap, organisation, name }: { bootstrap: string; organisation: string; name: string },
): Promise<string> {
  const tenant = uuidv7();
  const secret = newSecret();
  await asTenant(tenant, async (tx) => {
    const spent = await tx
      .updateTable('installation')
      .set({ bootstrap_hash: null })
      .where('bootstrap_hash', '=', secretHash(bootstrap))
      .executeTakeFirst();
    if (spent.numUpdatedRows === 0n)
      throw new Refused(
        'SIGN_IN_NEEDED',
        'the bootstrap token is wrong or spent: “countersign-collector bootstrap” prints another',
      );
    await tx.insertInto('tenants').values({ tenant_id: tenant, name: organisation }).execute();
    await tx
      .insertInto('operators')
      .values({ tenant_id: tenant, operator_id: uuidv7(), name, token_hash: secretHash(secret) })
      .execute();
  });
  return writeTenantSecret({ tenant, secret });
}

/** A session for whoever holds this operator token. Throws `Refused('SIGN_IN_NEEDED')`. */
export async function signIn(
  database: Database,
  token: string,
): Promise<{ readonly session: string; readonly operator: Operator }> {
  const read = readTenantSecret(token);
  if (read === null) throw new Refused('SIGN_IN_NEEDED', 'this is no operator token');
  return database.asTenant(read.tenant, async (tx) => {
    const row = await tx
      .selectFrom('operators')
      .innerJoin('tenants', 'tenants.tenant_id', 'operators.tenant_id')
      .select(['operator_id', 'operators.name', 'tenants.name as organisation'])
      .where('operators.tenant_id', '=', read.tenant)
      .where('token_hash', '=', secretHash(read.secret))
      .executeTakeFirst();
    if (row === undefined) throw new Refused('SIGN_IN_NEEDED', 'the operator token is wrong');
    const secret = newSecret();
    await tx
      .insertInto('sessions')
      .values({
        tenant_id: read.tenant,
        session_hash: secretHash(secret),
        operator_id: row.operator_id,
        until: new Date(Date.now() + SESSION_HOURS * 3_600_000),
      })
      .execute();
    const { operator_id: operator, name, organisation } = row;
    return {
      session: writeTenantSecret({ tenant: read.tenant, secret }),
      operator: { tenant: read.tenant, operator, name, organisation },
    };
  });
}

/** Who this session is; null when there is none, or it is over. */
export async function operatorOf(database: Database, session: string): Promise<Operator | null> {
  const read = readTenantSecret(session);
  if (read === null) return null;
  const row = await database.asTenant(read.tenant, (tx) =>
    tx
      .selectFrom('sessions')
      .innerJoin('operators', (join) =>
        join
          .onRef('operators.tenant_id', '=', 'sessions.tenant_id')
          .onRef('operators.operator_id', '=', 'sessions.operator_id'),
      )
      .innerJoin('tenants', 'tenants.tenant_id', 'sessions.tenant_id')
      .select(['operators.operator_id', 'operators.name', 'tenants.name as organisation'])
      .where('sessions.tenant_id', '=', read.tenant)
      .where('session_hash', '=', secretHash(read.secret))
      .where('until', '>', sql<Date>`now()`)
      .executeTakeFirst(),
  );
  if (row === undefined) return null;
  return { tenant: read.tenant, operator: row.operator_id, name: row.name, organisation: row.organisation };
}

export async function signOut({ asTenant }: Database, session: string): Promise<void> {
  const read = readTenantSecret(session);
  if (read === null) return;
  await asTenant(read.tenant, (tx) =>
    tx
      .deleteFrom('sessions')
      .where('tenant_id', '=', read.tenant)
      .where((row) => row.or([row('session_hash', '=', secretHash(read.secret)), row('until', '<', sql<Date>`now()`)]))
      .execute(),
  );
}
