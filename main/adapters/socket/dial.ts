/** The peer's way to the daemon's socket. Node's own modules only, the relay carries it. */
import { connect, type Socket } from 'node:net';
import { dirname } from 'node:path';
import { Refused } from '../../contract/refusal.ts';
import { checkOwnerOnly } from './ownerOnly.ts';

/**
 * Connects to a socket that only this account could have put there. The stream may be half-closed and is not read yet.
 * Rejects with `Refused`: DAEMON_ABSENT when nobody listens, FOLDER_UNSAFE when another account could have put it there.
 */
export async function dial(path: string): Promise<Socket> {
  if (process.platform !== 'win32') {
    try {
      checkOwnerOnly(dirname(path), 'folder');
      checkOwnerOnly(path, 'socket');
    } catch (error) {
      throw error instanceof Refused ? error : new Refused('DAEMON_ABSENT', `there is no ${path}`);
    }
  }
  return new Promise((resolve, reject) => {
    const socket = connect({ path, allowHalfOpen: true });
    const absent = () => reject(new Refused('DAEMON_ABSENT', `nobody listens on ${path}`));
    socket.once('error', absent);
    socket.once('connect', () => {
      socket.off('error', absent);
      resolve(socket);
    });
  });
}
