/** For tests: a real session bus with a real gnome-keyring on it, in a home of its own. */
import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

export interface TestKeyring {
  /** What a program needs in its environment to find this bus, and nothing of the machine's own. */
  readonly env: Record<string, string>;
  readonly home: string;
  readonly busPid: number;
  /** Ends the keyring but not the bus. */
  stopKeyring(): Promise<void>;
  /** A keyring daemon over the same home; without a password its keyrings stay locked. */
  startKeyring(password?: string): Promise<void>;
  close(): Promise<void>;
}

/** Which programs are missing for it; empty when it can run. */
export function missingForKeyring(): string[] {
  return ['dbus-daemon', 'gnome-keyring-daemon', 'dbus-send'].filter(
    (program) => spawnSync(program, ['--version']).error !== undefined,
  );
}

/** A bus, and with a password an unlocked keyring on it (an empty password makes one that is plain text on disk). */
export async function testKeyring(password?: string): Promise<TestKeyring> {
  const home = mkdtempSync(join(tmpdir(), 'keyring-'));
  const runtime = join(home, 'run');
  mkdirSync(runtime, { mode: 0o700 });
  const base = {
    PATH: process.env.PATH ?? '',
    HOME: home,
    XDG_RUNTIME_DIR: runtime,
    XDG_DATA_HOME: join(home, 'data'),
  };
  const address = `unix:path=${join(home, 'bus')}`;
  const bus = spawn('dbus-daemon', ['--session', '--nofork', '--print-address', `--address=${address}`], {
    env: base,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  await once(bus.stdout, 'data');
  const env = { ...base, DBUS_SESSION_BUS_ADDRESS: address };

  let keyring: ChildProcess | undefined;
  const test: TestKeyring = {
    env,
    home,
    busPid: bus.pid as number,
    async stopKeyring() {
      if (keyring) await ended(keyring);
      keyring = undefined;
    },
    async startKeyring(unlockWith) {
      const mode = unlockWith === undefined ? [] : ['--unlock'];
      keyring = spawn('gnome-keyring-daemon', ['--foreground', '--components=secrets', ...mode], {
        env,
        stdio: ['pipe', 'ignore', 'ignore'],
      });
      keyring.stdin?.end(unlockWith);
      await owned(env);
    },
    async close() {
      await test.stopKeyring();
      await ended(bus);
      rmSync(home, { recursive: true, force: true });
    },
  };
  if (password !== undefined) await test.startKeyring(password);
  return test;
}

/** Resolves once the Secret Service has its name on the bus. */
async function owned(env: Record<string, string>): Promise<void> {
  const ask = ['--session', '--print-reply', '--dest=org.freedesktop.DBus', '/', 'org.freedesktop.DBus.NameHasOwner'];
  const deadline = performance.now() + 10_000;
  while (performance.now() < deadline) {
    const { stdout } = await promisify(execFile)('dbus-send', [...ask, 'string:org.freedesktop.secrets'], { env });
    if (stdout.includes('boolean true')) return;
  }
  throw new Error('gnome-keyring-daemon did not appear on the bus');
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}
