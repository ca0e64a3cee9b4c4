import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { introduce } from '../../adapters/socket/introduce.ts';
import { openApi } from '../../adapters/socket/rpc.ts';
import { type ConnectFile, connectFile } from '../../contract/handshake.ts';

/** How long a daemon may take to end its sessions and itself. */
const DRAIN_MS = 10_000;

/**
 * Stops the daemon that already serves this state folder, if there is one: the app never adopts a daemon it did not
 * start (SECURITY.md rule 4). Only one that proves the device key is asked to stop; resolves when it has let go of its
 * socket. Rejects with `Refused('HANDSHAKE_FAILED')` when something else holds the socket.
 */
export async function replaceForeignDaemon(state: string): Promise<void> {
  const known = await readConnectFile(join(state, 'connect.json'));
  const socket = known === null ? null : await connectTo(known.socket);
  if (known === null || socket === null) return;
  try {
    await introduce(socket, { known, role: 'control', pid: process.pid });
    const gone = once(socket, 'close', { signal: AbortSignal.timeout(DRAIN_MS) });
    await openApi(socket).api.daemon.stop();
    await gone;
  } finally {
    socket.destroy();
  }
}

async function readConnectFile(path: string): Promise<ConnectFile | null> {
  try {
    return connectFile.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    return null;
  }
}

/** Null when nobody listens. */
async function connectTo(path: string): Promise<Socket | null> {
  const socket = connect(path);
  try {
    await once(socket, 'connect');
    return socket;
  } catch {
    return null;
  }
}
