/** The daemon's socket: owner-only, one daemon a folder, never taken over from a program that still answers. */
import { chmodSync, rmSync } from 'node:fs';
import { createConnection, createServer, type Server, type Socket } from 'node:net';
import { dirname, join } from 'node:path';
import { Refused } from '../../contract/refusal.ts';
import { lockFolder } from './folderLock.ts';
import { ownerOnlyFolder } from './ownerOnly.ts';

/** The kernel's limit for a socket's name is 104 bytes on macOS and 108 on Linux, its end included. */
const PATH_LIMIT = 100;

export interface Listening {
  readonly path: string;
  /** Takes no new connections, waits for none of the open ones, removes the socket and lets the lock go. */
  close(): Promise<void>;
}

export interface ListenOptions {
  /** Where the lock is held: one daemon for this folder, whatever its socket is called. Defaults to the socket's own. */
  readonly lockFolder?: string;
}

/**
 * Listens at `path` in a folder that only this account may reach; every connection is handed over unread and may be
 * half-closed. Throws `Refused`: ALREADY_RUNNING when another daemon has the lock or something answers at `path`,
 * FOLDER_UNSAFE when the folder is not ours alone, INTERNAL when the path is too long for a socket.
 */
export async function listenOwnerOnly(
  path: string,
  onConnection: (socket: Socket) => void,
  options: ListenOptions = {},
): Promise<Listening> {
  const pipe = process.platform === 'win32';
  if (!pipe && Buffer.byteLength(path) > PATH_LIMIT)
    throw new Refused('INTERNAL', `the socket’s path is too long: ${path}`);
  const locked = options.lockFolder ?? dirname(path);
  ownerOnlyFolder(locked);
  if (!pipe) ownerOnlyFolder(dirname(path));

  const unlock = lockFolder(join(locked, 'daemon.lock'));
  try {
    if (await answers(path)) throw new Refused('ALREADY_RUNNING', `something answers at ${path}`);
    // Nobody answers, and whoever holds the lock is the only one who may clear the name.
    if (!pipe) rmSync(path, { force: true });
    const server = await bound(path, onConnection);
    if (!pipe) chmodSync(path, 0o600);
    return { path, close: () => closed(server, unlock) };
  } catch (error) {
    unlock();
    throw error;
  }
}

function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createConnection(path);
    probe.once('connect', () => {
      probe.destroy();
      resolve(true);
    });
    // A full backlog means that somebody listens.
    probe.once('error', (error: NodeJS.ErrnoException) => resolve(error.code === 'EAGAIN'));
  });
}

function bound(path: string, onConnection: (socket: Socket) => void): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer({ allowHalfOpen: true, pauseOnConnect: true }, onConnection);
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' ? new Refused('ALREADY_RUNNING', `something answers at ${path}`) : error);
    });
    server.listen({ path, backlog: 511 }, () => resolve(server));
  });
}

function closed(server: Server, unlock: () => void): Promise<void> {
  return new Promise((resolve) => {
    // Node removes the socket's file itself. Open connections belong to their sessions, so nobody waits for them here.
    server.close();
    setImmediate(() => {
      unlock();
      resolve();
    });
  });
}
