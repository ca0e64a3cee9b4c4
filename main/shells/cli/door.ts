import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { readConnectFile } from '../../adapters/socket/connectFile.ts';
import { introduce } from '../../adapters/socket/introduce.ts';
import { type OpenApi, openApi } from '../../adapters/socket/rpc.ts';
import { Refused } from '../../contract/errors.ts';

/**
 * Connects to the daemon whose `connect.json` lies in `stateFolder`; both ends prove themselves before anything is said.
 * Throws `Refused` with DAEMON_ABSENT or HANDSHAKE_FAILED.
 */
export async function openDoor(stateFolder: string): Promise<OpenApi> {
  const file = join(stateFolder, 'connect.json');
  const known = readConnectFile(file);
  if (known === undefined) throw new Refused('DAEMON_ABSENT', `there is no ${file}`);
  const socket = await open(known.socket);
  await introduce(socket, { known, role: 'control', pid: process.pid });
  return openApi(socket);
}

function open(path: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(path);
    socket.once('connect', () => resolve(socket));
    socket.once('error', () => reject(new Refused('DAEMON_ABSENT', `nobody listens on ${path}`)));
  });
}
