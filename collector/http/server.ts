/** The collector's doors: the interface with its console, and metrics on loopback. */
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Metrics } from './metrics.ts';
import { createAnswer, type RequestParts } from './requests.ts';

export interface ServerOptions {
  readonly host: string;
  readonly port: number;
  readonly tls: { readonly cert: string; readonly key: string } | null;
  readonly behindProxy: boolean;
  readonly metricsPort: number | null;
}

export interface Listening {
  readonly port: number;
  readonly metricsPort: number | null;
  /** Takes no new connections, finishes what it is doing, and resolves. */
  close(): Promise<void>;
}

const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost']);
/** Whoever sends a request more slowly holds a connection for nothing. */
const REQUEST_MS = 60_000;
/** So does whoever neither sends nor takes anything, with an answer that waits. */
const IDLE_MS = 120_000;
/** More connections than this are closed at once. */
const MOST_CONNECTIONS = 10_000;
/** How long requests that run may take to end. */
const DRAIN_MS = 8_000;

/** Throws when it would be reached from elsewhere without TLS. */
export async function listen(
  options: ServerOptions,
  parts: Omit<RequestParts, 'draining' | 'secure' | 'behindProxy'>,
  metrics: Metrics,
  { idleMs = IDLE_MS, mostConnections = MOST_CONNECTIONS } = {},
): Promise<Listening> {
  const { host, tls, behindProxy } = options;
  if (tls === null && !behindProxy && !LOOPBACK.has(host))
    throw new Error('Beyond loopback the collector needs TLS: give --tls-cert and --tls-key, or --behind-proxy.');
  let draining = false;
  const answer = createAnswer({ ...parts, draining: () => draining, secure: tls !== null || behindProxy, behindProxy });
  const server = tls === null ? createServer(answer) : createSecureServer(readTls(tls), answer);
  server.requestTimeout = REQUEST_MS;
  server.timeout = idleMs;
  server.maxConnections = mostConnections;
  await start(server, options.port, host);
  const exporter =
    options.metricsPort === null
      ? null
      : await exportMetrics(metrics, options.metricsPort).catch((error) => {
          server.close();
          throw error;
        });
  return {
    port: portOf(server),
    metricsPort: exporter && portOf(exporter),
    async close() {
      draining = true;
      exporter?.close();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeIdleConnections();
      const late = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
      await closed;
      clearTimeout(late);
    },
  };
}

function readTls({ cert, key }: { cert: string; key: string }) {
  return { cert: readFileSync(cert), key: readFileSync(key), minVersion: 'TLSv1.2' as const };
}

async function exportMetrics({ registry }: Metrics, port: number): Promise<Server> {
  const server = createServer((request, response) => {
    if (request.url !== '/metrics') return void response.writeHead(404).end();
    registry.metrics().then(
      (text) => response.writeHead(200, { 'Content-Type': registry.contentType }).end(text),
      () => response.writeHead(500).end(),
    );
  });
  await start(server, port, '127.0.0.1');
  return server;
}

function start(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.removeListener('error', reject);
      resolve();
    });
  });
}

const portOf = (server: Server) => (server.address() as AddressInfo).port;
