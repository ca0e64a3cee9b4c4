/** What files hold now, for a person to compare with what a call would make of them (SECURITY.md rules 10 and 15). */
import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, lstat, open } from 'node:fs/promises';
import type { FileState } from '../../contract/change.ts';
import type { PresentFiles } from '../../services/proxy/ports.ts';

/** More is not compared. */
const MOST_BYTES = 128 * 1024;

/** Regular files only, no link followed, nothing waited for: opening a pipe or a device would do something. */
const FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** A disk that has not answered after `deadlineMs` holds nothing that could be shown. */
export function presentFiles(deadlineMs: number): PresentFiles {
  return {
    mostBytes: MOST_BYTES,
    read(path) {
      const { promise: late, resolve } = Promise.withResolvers<FileState>();
      const timer = setTimeout(() => resolve({ kind: 'unread', why: 'closed' }), deadlineMs);
      return Promise.race([read(path), late]).finally(() => clearTimeout(timer));
    },
  };
}

async function read(path: string): Promise<FileState> {
  try {
    // Asked before it is opened: opening some devices already acts.
    const kind = await lstat(path);
    if (kind.isDirectory()) return { kind: 'folder' };
    if (!kind.isFile()) return { kind: 'unread', why: 'special' };
    const file = await open(path, FLAGS);
    try {
      return await stateOf(file);
    } finally {
      await file.close();
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' || code === 'ENOTDIR' ? { kind: 'absent' } : { kind: 'unread', why: 'closed' };
  }
}

async function stateOf(file: FileHandle): Promise<FileState> {
  const { size, dev, ino, mtimeNs, ctimeNs } = await file.stat({ bigint: true });
  if (size > MOST_BYTES) {
    const version = digest([dev, ino, size, mtimeNs, ctimeNs].join(' '));
    return { kind: 'large', bytes: Number(size), version };
  }
  const buffer = Buffer.alloc(MOST_BYTES + 1);
  const { bytesRead } = await file.read(buffer, 0, buffer.length, 0);
  const bytes = buffer.subarray(0, bytesRead);
  if (bytesRead > MOST_BYTES) return { kind: 'large', bytes: bytesRead, version: digest(bytes) };
  const text = decoded(bytes);
  const version = digest(bytes);
  return text === null
    ? { kind: 'binary', bytes: bytesRead, version }
    : { kind: 'text', text, bytes: bytesRead, version };
}

function decoded(bytes: Uint8Array): string | null {
  if (bytes.includes(0)) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

const digest = (data: string | Uint8Array) => `sha256:${createHash('sha256').update(data).digest('hex')}`;
