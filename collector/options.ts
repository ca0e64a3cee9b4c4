/** How a collector is started. What is secret comes from the environment, never from arguments. */
import { homedir } from 'node:os';
import { join } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { BATCH_RECORDS } from '../main/contract/collector.ts';

export interface Options {
  /** Where the key, and an embedded database, are kept. */
  readonly data: string;
  readonly key: string;
  readonly host: string;
  readonly port: number;
  readonly tlsCert: string | null;
  readonly tlsKey: string | null;
  /** TLS ends in front of this process. */
  readonly behindProxy: boolean;
  readonly metricsPort: number | null;
  /** Days that payloads are kept; 0 for ever, null as before. */
  readonly retain: number | null;
  readonly connections: number;
  readonly recordsPerMinute: number;
  /** Connection of the owner; null for an embedded database. */
  readonly databaseUrl: string | null;
  /** Connection of the role that serves, when it is not derived from the owner's. */
  readonly servingUrl: string | null;
}

export type Action = 'serve' | 'bootstrap' | 'openapi';

function whole(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('It must be a whole number.');
  return Number(text);
}

const atLeast = (least: number) => (text: string) => {
  if (whole(text) < least) throw new InvalidArgumentError(`It must be ${least} or more.`);
  return whole(text);
};

const AFTER = `
Environment:
  DATABASE_URL           PostgreSQL 15 or newer, as the role that owns the tables; without it an embedded one is used
  DATABASE_SERVING_URL   the same database as the role that serves (countersign_collector), when you look after its password

All collectors of one database share one key file. Anything but loopback needs TLS, here or in front.`;

/** Reads the command line; Commander ends the process for what it does not know. */
export function readOptions(args: readonly string[], env: NodeJS.ProcessEnv, version: string): [Action, Options] {
  const program = new Command('countersign-collector')
    .description('Takes in the ledgers of many Countersign devices, proves each on arrival, and searches across them.')
    .version(version)
    .argument(
      '[action]',
      'serve, bootstrap (print a token that founds an organisation) or openapi (print the interface)',
      'serve',
    )
    .option(
      '--data <folder>',
      'where the key and the embedded database are',
      join(homedir(), '.local/share/countersign-collector'),
    )
    .option('--key <file>', 'the collectors’ key; in the data folder when not given')
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--port <number>', 'port to listen on; 0 for any', whole, 8440)
    .option('--tls-cert <file>', 'certificate chain, PEM')
    .option('--tls-key <file>', 'its private key, PEM')
    .option('--behind-proxy', 'TLS ends in front of this process', false)
    .option('--metrics-port <number>', 'Prometheus metrics on loopback; 0 for any', whole)
    .option('--retain <days>', 'drop arguments and results after so many days, 0 for never; leaves stay', whole)
    .option('--connections <number>', 'connections to PostgreSQL', atLeast(1), 10)
    .option('--records-per-minute <number>', 'what one device may hand over', atLeast(BATCH_RECORDS), 600_000)
    .addHelpText('after', AFTER)
    .parse([...args], { from: 'user' });
  const given = program.opts();
  if ((given.tlsCert === undefined) !== (given.tlsKey === undefined))
    program.error('error: --tls-cert and --tls-key belong together');
  const action = program.processedArgs[0] as string;
  if (action !== 'serve' && action !== 'bootstrap' && action !== 'openapi')
    program.error(`error: unknown action '${action}'`);
  return [
    action as Action,
    {
      data: given.data,
      key: given.key ?? join(given.data, 'collector-key.pem'),
      host: given.host,
      port: given.port,
      tlsCert: given.tlsCert ?? null,
      tlsKey: given.tlsKey ?? null,
      behindProxy: given.behindProxy,
      metricsPort: given.metricsPort ?? null,
      retain: given.retain ?? null,
      connections: given.connections,
      recordsPerMinute: given.recordsPerMinute,
      databaseUrl: env.DATABASE_URL ?? null,
      servingUrl: env.DATABASE_SERVING_URL ?? null,
    },
  ];
}
