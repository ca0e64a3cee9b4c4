import { type ChildProcess, spawn } from 'node:child_process';
import { Agent, request } from 'node:http';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { endChild } from './linePeer.ts';
import type { Peer } from './peer.ts';

const OPEN_WITHIN_MS = 20_000;

/** A loopback port nobody uses now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

/** Starts a program of this Node that listens on `port`; resolves when it accepts connections. */
export async function startListener(
  args: readonly string[],
  port: number,
  env: NodeJS.ProcessEnv = process.env,
): Promise<ChildProcess> {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'ignore'], env });
  const until = performance.now() + OPEN_WITHIN_MS;
  while (performance.now() < until) {
    const status = await get(port);
    if (status > 0) return child;
    if (child.exitCode !== null) break;
    await pause(5);
  }
  await endChild(child);
  throw new Error(`${args.join(' ')} does not listen on ${port}`);
}

function get(port: number): Promise<number> {
  return new Promise((resolve) => {
    const sent = request({ host: '127.0.0.1', port, path: '/', method: 'GET' }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    sent.on('error', () => resolve(0));
    sent.end();
  });
}

/** A connection over Streamable HTTP (2025-06-18, `transports`) to a listener that is up, over kept-alive sockets. */
export function openHttpPeer(child: ChildProcess, port: number): Peer {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  let session: string | undefined;
  let next = 1;

  function post(message: object): Promise<void> {
    const body = JSON.stringify({ jsonrpc: '2.0', ...message });
    const headers = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      accept: 'application/json, text/event-stream',
      'mcp-protocol-version': '2025-06-18',
      ...(session === undefined ? {} : { 'mcp-session-id': session }),
    };
    return new Promise((resolve, reject) => {
      const sent = request({ host: '127.0.0.1', port, path: '/mcp', method: 'POST', agent, headers }, (response) => {
        const given = response.headers['mcp-session-id'];
        if (typeof given === 'string') session = given;
        let head = '';
        response.on('data', (chunk: Buffer) => {
          if (head.length < 300) head += chunk.toString('utf8', 0, 300);
        });
        response.on('error', reject);
        response.on('end', () => {
          const failed = (response.statusCode ?? 500) >= 300 || /^(data: )?\{[^[]{0,80}"error"/m.test(head);
          if (failed) reject(new Error(`${response.statusCode} ${head}`));
          else resolve();
        });
      });
      sent.on('error', reject);
      sent.end(body);
    });
  }

  return {
    pid: child.pid ?? 0,
    request: (method, params) => post({ id: next++, method, params }),
    notify: (method) => post({ method }),
    async close() {
      agent.destroy();
      await endChild(child);
    },
  };
}
