/** The schema, forward only. Run by the owner, never by the role that serves. */
import { type Kysely, sql } from 'kysely';
import type { Migration, MigrationProvider } from 'kysely/migration';
import { TENANT_TABLES } from './schema.ts';

/** The role that serves: it owns nothing and row-level security holds for it. */
export const ROLE = 'countersign_collector';
/** The setting a transaction says its tenant in. */
const TENANT = 'countersign.tenant';

const TABLES = `
CREATE TABLE installation(
  single boolean PRIMARY KEY DEFAULT true CHECK (single),
  cosigner text NOT NULL, bootstrap_hash bytea, retain_days int
);
CREATE TABLE tenants(
  tenant_id uuid PRIMARY KEY, name text NOT NULL, created_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE operators(
  tenant_id uuid NOT NULL REFERENCES tenants, operator_id uuid NOT NULL, name text NOT NULL,
  token_hash bytea NOT NULL, created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY(tenant_id, operator_id)
);
CREATE TABLE sessions(
  tenant_id uuid NOT NULL, session_hash bytea NOT NULL, operator_id uuid NOT NULL, until timestamptz NOT NULL,
  PRIMARY KEY(tenant_id, session_hash), FOREIGN KEY(tenant_id, operator_id) REFERENCES operators
);
CREATE TABLE codes(
  tenant_id uuid NOT NULL, code_hash bytea NOT NULL, operator_id uuid NOT NULL, until timestamptz NOT NULL,
  device_id uuid, PRIMARY KEY(tenant_id, code_hash), FOREIGN KEY(tenant_id, operator_id) REFERENCES operators
);
CREATE TABLE devices(
  tenant_id uuid NOT NULL REFERENCES tenants, device_id uuid NOT NULL, name text NOT NULL, ledger_key text NOT NULL,
  request_key bytea NOT NULL, enrolled_at timestamptz NOT NULL DEFAULT now(), revoked_at timestamptz,
  PRIMARY KEY(tenant_id, device_id)
);
CREATE TABLE heads(
  tenant_id uuid NOT NULL, device_id uuid NOT NULL, epoch int NOT NULL, size bigint NOT NULL, seen bigint NOT NULL,
  peaks bytea NOT NULL, note text, receipt text, received_at timestamptz, contact_at timestamptz, sending jsonb,
  broken boolean NOT NULL DEFAULT false, turn int NOT NULL DEFAULT 0,
  PRIMARY KEY(tenant_id, device_id), FOREIGN KEY(tenant_id, device_id) REFERENCES devices
) WITH (fillfactor = 50);
CREATE TABLE nonces(
  tenant_id uuid NOT NULL, device_id uuid NOT NULL, nonce text NOT NULL, until timestamptz NOT NULL,
  PRIMARY KEY(tenant_id, device_id, nonce)
);
CREATE TABLE breaks(
  tenant_id uuid NOT NULL, break_id uuid NOT NULL, device_id uuid NOT NULL, kind text NOT NULL, epoch int NOT NULL,
  seq bigint, message text NOT NULL, at timestamptz NOT NULL DEFAULT now(), known text, shown text,
  PRIMARY KEY(tenant_id, break_id), FOREIGN KEY(tenant_id, device_id) REFERENCES devices
);
CREATE TABLE segments(
  tenant_id uuid NOT NULL, segment_id uuid NOT NULL, device_id uuid NOT NULL, epoch int NOT NULL,
  first bigint NOT NULL, count int NOT NULL, signature bytea NOT NULL, received_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY(tenant_id, segment_id)
);
-- Read bit by bit: out of line or compressed, each look would unpack the whole of it.
ALTER TABLE segments ALTER COLUMN signature SET STORAGE PLAIN;
CREATE TABLE records(
  tenant_id uuid NOT NULL, device_id uuid NOT NULL, epoch int NOT NULL, seq bigint NOT NULL, received_on date NOT NULL,
  hash bytea NOT NULL, form text NOT NULL, facets jsonb, leaf text,
  PRIMARY KEY(tenant_id, device_id, epoch, seq, received_on)
) PARTITION BY RANGE (received_on);
CREATE TABLE payloads(
  tenant_id uuid NOT NULL, device_id uuid NOT NULL, epoch int NOT NULL, seq bigint NOT NULL, received_on date NOT NULL,
  key bytea NOT NULL, body bytea NOT NULL,
  PRIMARY KEY(tenant_id, device_id, epoch, seq, received_on)
) PARTITION BY RANGE (received_on);
`;

/**
 * Makes the partitions of the weeks to come, and drops the payloads' that are older than the owner wants kept. It runs
 * with the owner's rights, takes no argument and touches no leaf: the most that the serving role can do with it is to
 * call it early.
 */
const MAINTAIN = `
CREATE FUNCTION maintain() RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  parent text; week date; part text; old record; days int;
BEGIN
  PERFORM pg_advisory_xact_lock(7310021);
  FOREACH parent IN ARRAY ARRAY['records', 'payloads'] LOOP
    FOR ahead IN -1..4 LOOP
      week := date_trunc('week', current_date)::date + ahead * 7;
      part := parent || '_' || to_char(week, 'YYYYMMDD');
      CONTINUE WHEN to_regclass('public.' || part) IS NOT NULL;
      EXECUTE format('CREATE TABLE %I PARTITION OF %I FOR VALUES FROM (%L) TO (%L)', part, parent, week, week + 7);
      EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', part);
      EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', part);
    END LOOP;
  END LOOP;
  SELECT retain_days INTO days FROM installation;
  IF days IS NOT NULL THEN
    FOR old IN SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
      WHERE i.inhparent = 'payloads'::regclass
        AND to_date(right(c.relname, 8), 'YYYYMMDD') + 7 + greatest(days, 1) <= current_date
    LOOP
      EXECUTE format('DROP TABLE %I', old.relname);
    END LOOP;
  END IF;
END $$;
REVOKE ALL ON FUNCTION maintain() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION maintain() TO ${ROLE};
`;

function tenantSecurity(table: string): string {
  // As a query of its own it is answered once a statement, not once a row.
  const own = `tenant_id = (SELECT nullif(current_setting('${TENANT}', true), '')::uuid)`;
  return `
ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON ${table} TO ${ROLE} USING (${own}) WITH CHECK (${own});
`;
}

/** What the serving role may do with each table: rows that prove something are added and read, never changed. */
const RIGHTS = `
GRANT SELECT, UPDATE (bootstrap_hash) ON installation TO ${ROLE};
GRANT SELECT, INSERT ON tenants, operators, records, payloads, segments, breaks TO ${ROLE};
GRANT SELECT, INSERT, UPDATE ON codes, devices, heads TO ${ROLE};
GRANT SELECT, INSERT, DELETE ON sessions, nonces TO ${ROLE};
`;

const FIRST: Migration = {
  async up(db: Kysely<unknown>) {
    for (const part of [TABLES, ...TENANT_TABLES.map(tenantSecurity), RIGHTS, MAINTAIN, 'SELECT maintain()']) {
      await sql.raw(part).execute(db);
    }
  },
};

export const MIGRATIONS: MigrationProvider = {
  getMigrations: async () => ({ '001-first': FIRST }),
};
