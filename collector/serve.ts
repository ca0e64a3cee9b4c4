/** A collector put together, from its database to its doors. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { type Identity, openIdentity } from './http/identity.ts';
import { Limits } from './http/limits.ts';
import { createMetrics } from './http/metrics.ts';
import { createRouter } from './http/router.ts';
import { listen } from './http/server.ts';
import type { Options } from './options.ts';
import { openDatabase, unfit } from './store/database.ts';
import { startEmbedded } from './store/embedded.ts';
import { type InstallOptions, install, rolePassword, servingUrl } from './store/migrate.ts';
import { hmac } from './verify/crypto.ts';

export interface Collector {
  readonly url: string;
  readonly metricsUrl: string | null;
  /** Founds the first organisation; told at the very first start only. */
  readonly bootstrap: string | null;
  stop(): Promise<void>;
}

const MAINTAIN_MS = 3_600_000;

export interface Place {
  readonly install: InstallOptions;
  readonly identity: Identity;
  /** As the role that serves. */
  readonly url: string;
  stop(): Promise<void>;
}

/** The key, and a database that answers: the one named, or an embedded one that ends with this process. */
export async function openPlace(options: Options): Promise<Place> {
  mkdirSync(options.data, { recursive: true });
  const identity = openIdentity(options.key);
  const own = options.databaseUrl === null;
  const secret = hmac(identity.seed, 'database owner').toString('base64url');
  const embedded = own ? await startEmbedded(join(options.data, 'postgres'), secret) : null;
  const ownerUrl = options.databaseUrl ?? embedded?.url ?? '';
  const password = options.servingUrl === null ? rolePassword(identity.seed) : null;
  return {
    install: { ownerUrl, password, cosigner: identity.cosigner, retainDays: options.retain },
    identity,
    url: options.servingUrl ?? servingUrl(ownerUrl, rolePassword(identity.seed)),
    stop: async () => embedded?.stop(),
  };
}

/** Starts and resolves once it listens. Rejects, and leaves nothing running, when it may not serve. */
export async function serve(
  options: Options,
  consoleFolder: string,
  fault: (error: unknown) => void,
): Promise<Collector> {
  const place = await openPlace(options);
  const database = openDatabase(place.url, options.connections);
  try {
    const { bootstrap } = await install(place.install);
    const why = await unfit(database.db);
    if (why !== null) throw new Error(`The collector does not serve: ${why}.`);
    const metrics = createMetrics();
    const limits = new Limits({ recordsPerMinute: options.recordsPerMinute, atOnce: 4 * options.connections });
    const router = createRouter({ database, identity: place.identity, limits, metrics, fault });
    const { tlsCert, tlsKey } = options;
    const tls = tlsCert !== null && tlsKey !== null ? { cert: tlsCert, key: tlsKey } : null;
    const doors = await listen(
      { ...options, tls },
      { database, router, limits, console: consoleFolder, fault },
      metrics,
    );
    const maintenance = setInterval(() => {
      sql`select maintain()`.execute(database.db).catch(fault);
    }, MAINTAIN_MS);
    return {
      url: `${tls === null ? 'http' : 'https'}://${options.host}:${doors.port}/`,
      metricsUrl: doors.metricsPort === null ? null : `http://127.0.0.1:${doors.metricsPort}/metrics`,
      bootstrap,
      async stop() {
        clearInterval(maintenance);
        await doors.close();
        await database.close();
        await place.stop();
      },
    };
  } catch (error) {
    await database.close();
    await place.stop();
    throw error;
  }
}
