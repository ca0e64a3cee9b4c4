/** Finding the daemon, and waiting for one that is still starting. */
import type { Socket } from 'node:net';
import { readConnectFile } from '../../adapters/socket/connectFile.ts';
import { dial } from '../../adapters/socket/dial.ts';
import { introduce } from '../../adapters/socket/introduce.ts';
import type { ConnectFile } from '../../contract/handshake.ts';
import { Refused } from '../../contract/refusal.ts';

export interface ReachOptions {
  /** The daemon's `connect.json`. */
  readonly file: string;
  readonly server: string;
  /** How long a daemon may take to appear, in milliseconds. */
  readonly waitMs: number;
}

const INTERVAL_MS = 25;
const elapsed = () => process.uptime() * 1000;

/**
 * A socket to the daemon that has been through the handshake, paused. Only absence is waited for: rejects at once with
 * `Refused` when the daemon refuses (SERVER_UNKNOWN, CONSENT_NEEDED…) or cannot prove itself (HANDSHAKE_FAILED,
 * FOLDER_UNSAFE), and with DAEMON_ABSENT when none has appeared in time.
 */
export async function reach({ file, server, waitMs }: ReachOptions): Promise<Socket> {
  const deadline = elapsed() + waitMs;
  let failure: Refused | undefined;
  let failedWith: ConnectFile | undefined;
  for (;;) {
    const known = readConnectFile(file);
    // A daemon that starts afresh writes a new file: what failed against the old one says nothing about it.
    if (failure !== undefined && failure.refusal.code !== 'DAEMON_ABSENT' && known?.key === failedWith?.key)
      throw failure;
    try {
      if (known === undefined) throw new Refused('DAEMON_ABSENT', `there is no ${file}`);
      const socket = await dial(known.socket);
      await introduce(socket, { known, role: 'relay', server, pid: process.pid });
      return socket;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const { code } = error.refusal;
      if (code !== 'DAEMON_ABSENT' && code !== 'HANDSHAKE_FAILED') throw error;
      if (elapsed() >= deadline) throw error;
      failure = error;
      failedWith = known;
    }
    await new Promise((resolve) => setTimeout(resolve, INTERVAL_MS));
  }
}
