/** Asking the D-Bus session bus, without libdbus: so that a missing or silent bus costs a sentence and not the process. */
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { type BusCall, type BusReply, callBytes, readMessage } from './busMessage.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** The socket libsecret would use: of `DBUS_SESSION_BUS_ADDRESS`, else `$XDG_RUNTIME_DIR/bus`. Null: none that we can speak to. */
export function sessionBusSocket(env: Environment): string | null {
  for (const address of (env.DBUS_SESSION_BUS_ADDRESS ?? '').split(';')) {
    const [kind, rest] = splitOnce(address, ':');
    if (kind !== 'unix') continue;
    for (const part of rest.split(',')) {
      const [key, value] = splitOnce(part, '=');
      if (key === 'path') return decodeURIComponent(value);
      if (key === 'abstract') return `\0${decodeURIComponent(value)}`;
    }
  }
  if (env.DBUS_SESSION_BUS_ADDRESS) return null;
  return env.XDG_RUNTIME_DIR ? join(env.XDG_RUNTIME_DIR, 'bus') : null;
}

export interface SessionBus {
  /** Rejects when the bus goes away. */
  ask(call: BusCall): Promise<BusReply>;
  close(): void;
}

/** Connects, authenticates as this user (EXTERNAL) and says hello. Rejects with an Error when that does not work. */
export async function openSessionBus(path: string): Promise<SessionBus> {
  const socket = connect(path);
  const waiting = new Map<number, { resolve(reply: BusReply): void; reject(error: Error): void }>();
  const { promise: authenticated, resolve: welcome, reject: fail } = Promise.withResolvers<void>();
  const gone = (error?: Error) => {
    const failure = error ?? new Error('the bus hung up');
    fail(failure);
    for (const { reject } of waiting.values()) reject(failure);
    waiting.clear();
  };
  socket.on('error', gone).on('close', () => gone());
  receive(socket, welcome, fail, (reply) => {
    waiting.get(reply.serial)?.resolve(reply);
    waiting.delete(reply.serial);
  });
  const uid = Buffer.from(String(process.getuid?.() ?? 0), 'ascii').toString('hex');
  socket.write(`\0AUTH EXTERNAL ${uid}\r\n`);
  await authenticated;
  socket.write('BEGIN\r\n');

  let serial = 0;
  const bus: SessionBus = {
    ask(call) {
      const mine = ++serial;
      return new Promise((resolve, reject) => {
        if (socket.destroyed) return reject(new Error('the bus hung up'));
        waiting.set(mine, { resolve, reject });
        socket.write(callBytes(call, mine));
      });
    },
    close: () => void socket.destroy(),
  };
  const own = { destination: 'org.freedesktop.DBus', path: '/org/freedesktop/DBus', interface: 'org.freedesktop.DBus' };
  await bus.ask({ ...own, member: 'Hello' });
  return bus;
}

function receive(
  socket: Socket,
  welcome: () => void,
  fail: (error: Error) => void,
  onReply: (reply: BusReply) => void,
) {
  let held: Buffer = Buffer.alloc(0);
  let begun = false;
  socket.on('data', (chunk) => {
    held = Buffer.concat([held, chunk]);
    if (!begun) {
      const end = held.indexOf('\r\n');
      if (end < 0) return;
      if (held.toString('latin1', 0, 3) !== 'OK ') return fail(new Error('the bus does not accept this user'));
      held = held.subarray(end + 2);
      begun = true;
      welcome();
    }
    for (let read = readMessage(held); read !== undefined; read = readMessage(held)) {
      held = held.subarray(read.length);
      if (read.reply) onReply(read.reply);
    }
  });
}

function splitOnce(text: string, mark: string): [string, string] {
  const at = text.indexOf(mark);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}
