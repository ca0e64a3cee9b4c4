import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Countersign } from './countersign.ts';
import { freePort, openHttpPeer, startListener } from './httpPeer.ts';
import { endChild, openLinePeer } from './linePeer.ts';
import { initialize, type Peer } from './peer.ts';
import { PROGRAMS, SERVERS, type ServerName } from './setting.ts';

/** One way from a client to a server. `open` resolves after the first exchange. */
export interface Subject {
  readonly name: string;
  open(server: ServerName): Promise<Peer>;
}

/** What two more processes on the way cost by themselves: no budget can be below it. */
export const PASSING = 'passing bytes';

/** Everything that is compared: the same two servers, each reached in the way the peer is made for. */
export function subjectsFor(countersign: Countersign): Subject[] {
  return [
    { name: 'direct', open: (server) => ready(openLinePeer(SERVERS[server])) },
    { name: 'Countersign', open: (server) => ready(openLinePeer([PROGRAMS.relay, server], countersign.env)) },
    { name: PASSING, open: passing },
    { name: 'mcp-proxy', open: (server) => overHttp(server, mcpProxy) },
    { name: 'supergateway', open: (server) => overHttp(server, supergateway) },
    { name: 'mcp-remote', open: mcpRemote },
  ];
}

async function ready<Opened extends Peer>(peer: Opened): Promise<Opened> {
  try {
    await initialize(peer);
    return peer;
  } catch (error) {
    await peer.close();
    throw error;
  }
}

/** A peer that needs something else to be there: what that is ends with it, and where it does not open. */
async function beside(open: () => Promise<Peer>, end: () => Promise<void>): Promise<Peer> {
  try {
    const peer = await open();
    return { ...peer, close: () => peer.close().finally(end) };
  } catch (error) {
    await end();
    throw error;
  }
}

/** As Countersign stands between: a program that the client starts, and one that has the server. */
async function passing(server: ServerName): Promise<Peer> {
  const folder = await mkdtemp(join(tmpdir(), 'countersign-bench-'));
  const socket = join(folder, 'socket');
  const between = spawn(process.execPath, [PROGRAMS.passing, socket, ...SERVERS[server]], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const open = async () => {
    // Also where it ended without a word: then nothing can be opened.
    await once(between.stdout, 'readable');
    return ready(openLinePeer([PROGRAMS.passing, socket]));
  };
  return beside(open, async () => {
    await endChild(between);
    await rm(folder, { recursive: true });
  });
}

/** stdio server → Streamable HTTP. */
async function overHttp(server: ServerName, args: (server: ServerName, port: number) => string[]): Promise<Peer> {
  const port = await freePort();
  return ready(openHttpPeer(await startListener(args(server, port), port), port));
}

function mcpProxy(server: ServerName, port: number): string[] {
  const options = ['--port', String(port), '--host', '127.0.0.1', '--server', 'stream'];
  return [PROGRAMS.mcpProxy, ...options, '--', process.execPath, ...SERVERS[server]];
}

function supergateway(server: ServerName, port: number): string[] {
  const command = [process.execPath, ...SERVERS[server]].map((word) => `"${word}"`).join(' ');
  const options = ['--outputTransport', 'streamableHttp', '--stateful', '--port', String(port), '--logLevel', 'none'];
  return [PROGRAMS.supergateway, '--stdio', command, ...options];
}

/** Streamable HTTP server → stdio. The server is up before the peer starts, as a remote one is. */
async function mcpRemote(server: ServerName): Promise<Peer> {
  const port = await freePort();
  const args = server === 'honest' ? [PROGRAMS.honestHttp, String(port)] : [PROGRAMS.everything, 'streamableHttp'];
  const remote = await startListener(args, port, { ...process.env, PORT: String(port) });
  return beside(
    () => ready(openLinePeer([PROGRAMS.mcpRemote, `http://127.0.0.1:${port}/mcp`])),
    () => endChild(remote),
  );
}
