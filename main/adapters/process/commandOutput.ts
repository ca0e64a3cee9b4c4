import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import type { RunCommand } from '../../services/vault/ports.ts';

export interface CommandLimits {
  readonly ms: number;
  /** Of standard output; what standard error says beyond its first line is passed over. */
  readonly bytes: number;
}

const LIMITS: CommandLimits = { ms: 10_000, bytes: 65_536 };

/** Runs programs for what they print. Whatever they leave running in their process group ends with them. */
export function commandOutput(limits: CommandLimits = LIMITS): RunCommand {
  return async ({ program, args, cwd, env }) => {
    const child = spawn(program, [...args], {
      cwd,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: process.platform !== 'win32',
      windowsHide: true,
    });
    let stopped: string | null = null;
    const stop = (why: string) => {
      stopped ??= why;
      endGroup(child.pid);
    };
    const timer = setTimeout(() => stop(`took longer than ${limits.ms / 1000} s`), limits.ms);
    try {
      const output = readUpTo(child.stdout, limits.bytes, () => stop(`printed more than ${limits.bytes} bytes`));
      const complaint = readUpTo(child.stderr, limits.bytes, () => {});
      const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
      // What it left behind may still hold its output open.
      endGroup(child.pid);
      const stdout = await output;
      const ended = signal === null ? `ended with code ${code}` : `was ended by ${signal}`;
      const said = firstLine(await complaint);
      const failure = stopped ?? (code === 0 ? null : `${ended}${said === '' ? '' : `: ${said}`}`);
      return { failure, stdout: failure === null ? stdout : '' };
    } catch (error) {
      return { failure: `could not be started (${(error as NodeJS.ErrnoException).code})`, stdout: '' };
    } finally {
      clearTimeout(timer);
    }
  };
}

async function readUpTo(stream: Readable, bytes: number, more: () => void): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream) {
    length += chunk.length;
    if (length > bytes) more();
    else chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** SIGKILL to the process group; on Windows to the process alone. */
function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
  } catch {
    // nobody is left in it
  }
}

function firstLine(text: string): string {
  return (text.trim().split(/\r?\n/, 1)[0] ?? '').slice(0, 300);
}
