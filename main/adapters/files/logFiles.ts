/** Servers' logs on disk: one file each, and the one before it. */
import { appendFile, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { LogLine } from '../../contract/server.ts';
import type { LogFiles } from '../../services/supervisor/ports.ts';

export interface LogFileLimits {
  /** A file that grew beyond this is put aside as `.1`, replacing the one before. */
  readonly fileBytes: number;
  /** Lines that wait for the disk; beyond it the newest are dropped and counted. */
  readonly waitingBytes: number;
}

const LIMITS: LogFileLimits = { fileBytes: 4 << 20, waitingBytes: 256 << 10 };

interface Waiting {
  text: string;
  dropped: number;
  writing: Promise<void> | undefined;
}

/** Writes `<folder>/<server>.log` behind the caller's back: a slow or full disk loses log lines, never holds up a server. */
export function logFiles(folder: string, limits: LogFileLimits = LIMITS): LogFiles & { flush(): Promise<void> } {
  const servers = new Map<string, Waiting>();

  const write = async (server: string, waiting: Waiting) => {
    const path = join(folder, `${server}.log`);
    while (waiting.text !== '') {
      const text = waiting.text;
      waiting.text = '';
      const size = await stat(path).then(
        (found) => found.size,
        () => 0,
      );
      if (size > limits.fileBytes) await rename(path, `${path}.1`).catch(() => {});
      await appendFile(path, text, { mode: 0o600 }).catch(() => {});
    }
    waiting.writing = undefined;
  };

  return {
    append(server, line) {
      const waiting = servers.get(server) ?? { text: '', dropped: 0, writing: undefined };
      servers.set(server, waiting);
      if (waiting.text.length > limits.waitingBytes) {
        waiting.dropped++;
        return;
      }
      if (waiting.dropped > 0) {
        waiting.text += `${line.at} lifecycle ${waiting.dropped} lines came faster than they could be written\n`;
        waiting.dropped = 0;
      }
      waiting.text += lineText(line);
      waiting.writing ??= write(server, waiting);
    },
    async flush() {
      await Promise.all([...servers.values()].map((waiting) => waiting.writing));
    },
  };
}

function lineText({ at, stream, instance, text }: LogLine): string {
  return `${at} ${stream}${instance ? ` ${instance}` : ''} ${text}\n`;
}
