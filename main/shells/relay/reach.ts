/** Finding the daemon, and waiting for one that is still starting. */
import type { Socket } from 'node:net';
import { readConnectFile } from '../../adapters/socket/connectFile.ts';
import { dial } from '../../adapters/socket/dial.ts';
import { introduce, Unproved } from '../../adapters/socket/introduce.ts';
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
 * A socket to the daemon that has been through the handshake, paused. Only what a daemon that starts goes through is
 * waited for: rejects at once with `Refused` when the daemon refuses (SERVER_UNKNOWN, CONSENT_NEEDED…) or another
 * account could be behind it (FOLDER_UNSAFE); when it cannot prove itself (HANDSHAKE_FAILED) unless a new
 * `connect.json` appears; and in the end with what stood in the way, DAEMON_ABSENT or VAULT_LOCKED.
 */
export async function reach({ file, server, waitMs }: ReachOptions): Promise<Socket> {
  const deadline = elapsed() + waitMs;
  let unprovedKey: string | undefined;
  for (;;) {
    const known = readConnectFile(file);
    try {
      return await attempt(known, file, server);
    } catch (error) {
      if (!(error instanceof Refused) || !passes(error) || elapsed() >= deadline) throw error;
      if (error.refusal.code === 'HANDSHAKE_FAILED') {
        // A daemon that starts afresh writes a new key: what failed against the old one says nothing about it.
        if (unprovedKey !== undefined && unprovedKey === known?.key) throw error;
        unprovedKey = known?.key;
      }
    }
    await new Promise((resolve) => setTimeout(resolve, INTERVAL_MS));
  }
}

async function attempt(known: ConnectFile | undefined, file: string, server: string): Promise<Socket> {
  if (known === undefined) throw new Refused('DAEMON_ABSENT', `there is no ${file}`);
  const socket = await dial(known.socket);
  await introduce(socket, { known, role: 'relay', server, pid: process.pid });
  return socket;
}

function passes(error: Refused): boolean {
  const { code } = error.refusal;
  return error instanceof Unproved || code === 'DAEMON_ABSENT' || code === 'HANDSHAKE_FAILED';
}
