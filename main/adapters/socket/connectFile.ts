/** `connect.json` (`contract/handshake.ts`): how peers of the same user find their daemon and prove themselves. */
import { closeSync, constants, fstatSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import type { ConnectFile } from '../../contract/handshake.ts';
import { Refused } from '../../contract/refusal.ts';
import { bytesOf } from './shapes.ts';

/** Writes it 0600, whole or not at all. */
export function writeConnectFile(file: string, content: ConnectFile): void {
  const fresh = `${file}.${process.pid}`;
  rmSync(fresh, { force: true });
  writeFileSync(fresh, `${JSON.stringify(content)}\n`, { mode: 0o600, flag: 'wx' });
  renameSync(fresh, file);
}

/**
 * Reads it, checking the very file that was opened: no link, ours, nobody else's to read.
 * Returns undefined when there is none; throws `Refused`: FOLDER_UNSAFE when others may reach it,
 * HANDSHAKE_FAILED when it is a link or not well formed.
 */
export function readConnectFile(file: string): ConnectFile | undefined {
  let fd: number;
  try {
    fd = openSync(file, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new Refused('HANDSHAKE_FAILED', `${file} cannot be read`);
  }
  try {
    const { uid, mode, size } = fstatSync(fd);
    const exposed = process.platform !== 'win32' && (uid !== process.getuid?.() || (mode & 0o077) !== 0);
    if (exposed) throw new Refused('FOLDER_UNSAFE', `${file} belongs to, or may be reached by, other accounts`);
    const content = size > 65_536 ? undefined : parsed(readFileSync(fd, 'utf8'));
    if (content === undefined) throw new Refused('HANDSHAKE_FAILED', `${file} is not well formed`);
    return content;
  } finally {
    closeSync(fd);
  }
}

function parsed(text: string): ConnectFile | undefined {
  try {
    const { socket, device, key } = JSON.parse(text) as Partial<ConnectFile>;
    if (typeof socket !== 'string' || socket === '' || typeof device !== 'string' || typeof key !== 'string') {
      return undefined;
    }
    return bytesOf(device) !== undefined && bytesOf(key)?.length === 32 ? { socket, device, key } : undefined;
  } catch {
    return undefined;
  }
}
