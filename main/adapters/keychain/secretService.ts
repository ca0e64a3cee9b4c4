/** Whether the Secret Service (freedesktop.org, draft 0.2) can keep something now, found out without raising a prompt. */
import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import type { NoKeychain } from '../../services/vault/ports.ts';
import { openSessionBus, sessionBusSocket } from './sessionBus.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const SERVICE = 'org.freedesktop.secrets';
const WAY =
  'For a real keychain install gnome-keyring (or KWallet) and libsecret-1-0, and start Countersign in a desktop session.';
const absent = (why: string): NoKeychain => ({ absent: `${why} ${WAY}`, locked: false });

/** The backend's program, when it is there and unlocked; otherwise why not. Never takes longer than `timeoutMs`, never throws. */
export async function secretServiceState(
  env: Environment,
  timeoutMs: number,
): Promise<{ backend: string } | NoKeychain> {
  const path = sessionBusSocket(env);
  if (path === null) return absent('There is no D-Bus session bus here.');
  const { promise: silence, resolve } = Promise.withResolvers<NoKeychain>();
  const timer = setTimeout(
    () => resolve(absent(`The Secret Service did not answer within ${timeoutMs} ms.`)),
    timeoutMs,
  );
  try {
    return await Promise.race([inquire(path, env, silence), silence]);
  } catch (error) {
    return absent(`The D-Bus session bus cannot be used (${(error as Error).message}).`);
  } finally {
    clearTimeout(timer);
  }
}

async function inquire(
  path: string,
  env: Environment,
  silence: Promise<unknown>,
): Promise<{ backend: string } | NoKeychain> {
  const opening = openSessionBus(path);
  void silence.then(() => opening.then((bus) => bus.close()).catch(() => {}));
  const bus = await opening;
  try {
    // Asking starts the service where the bus knows how to.
    const alias = await bus.ask({
      destination: SERVICE,
      path: '/org/freedesktop/secrets',
      interface: 'org.freedesktop.Secret.Service',
      member: 'ReadAlias',
      args: ['default'],
    });
    if (alias.error !== null) return absent('There is no Secret Service on the session bus.');
    if (typeof alias.value !== 'string' || alias.value === '/')
      return absent('The Secret Service has no default keyring.');
    const collection = alias.value;

    const owner = await bus.ask({
      destination: 'org.freedesktop.DBus',
      path: '/org/freedesktop/DBus',
      interface: 'org.freedesktop.DBus',
      member: 'GetConnectionUnixProcessID',
      args: [SERVICE],
    });
    const backend = programName(owner.value);
    if (isPlainText(backend, collection, env)) {
      return absent(`The keyring ${basename(collection)} has no password, so it is plain text on disk.`);
    }

    const locked = await bus.ask({
      destination: SERVICE,
      path: collection,
      interface: 'org.freedesktop.DBus.Properties',
      member: 'Get',
      args: ['org.freedesktop.Secret.Collection', 'Locked'],
    });
    if (locked.value === false) return { backend };
    const why = `The keyring ${basename(collection)} of ${backend} is locked: unlock it, then start Countersign again.`;
    return { absent: why, locked: true };
  } finally {
    bus.close();
  }
}

function programName(pid: unknown): string {
  try {
    const [program = ''] = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
    return basename(program) || 'the Secret Service';
  } catch {
    return 'the Secret Service';
  }
}

/** gnome-keyring writes keyrings with an empty password as text: a backend that only obscures counts as none. */
function isPlainText(backend: string, collection: string, env: Environment): boolean {
  if (!backend.startsWith('gnome-keyring')) return false;
  const data = env.XDG_DATA_HOME ?? join(env.HOME ?? homedir(), '.local', 'share');
  try {
    const fd = openSync(join(data, 'keyrings', `${basename(collection)}.keyring`), 'r');
    try {
      const head = Buffer.alloc(9);
      readSync(fd, head, 0, head.length, 0);
      return head.toString('latin1') === '[keyring]';
    } finally {
      closeSync(fd);
    }
  } catch {
    return false;
  }
}
