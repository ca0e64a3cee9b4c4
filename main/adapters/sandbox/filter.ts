/**
 * A seccomp filter (seccomp(2), classic BPF) for what mount and process namespaces leave open where the network is shared:
 * abstract sockets, the kernel's key rings, and io_uring, which would get around the filter.
 */
import { readFileSync } from 'node:fs';

interface Architecture {
  /** AUDIT_ARCH_*, linux/audit.h. */
  readonly audit: number;
  readonly connect: number;
  readonly sendto: number;
  /** add_key, request_key, keyctl. */
  readonly keys: readonly number[];
}

const ARCHITECTURES: Readonly<Record<string, Architecture>> = {
  x64: { audit: 0xc000003e, connect: 42, sendto: 44, keys: [248, 249, 250] },
  arm64: { audit: 0xc00000b7, connect: 203, sendto: 206, keys: [217, 218, 219] },
};
const IO_URING_SETUP = 425;
/** Calls of the 32-bit ABI on a 64-bit kernel: another table of numbers, so none of them goes through. */
const X32 = 0x40000000;

const ALLOW = 0x7fff0000;
const ERRNO = 0x00050000;
const EPERM = 1;
const ENOSYS = 38;

/** Lengths of address structures that everything uses: AF_UNSPEC, AF_NETLINK, AF_INET, AF_INET6, a path in a full sockaddr_un, any in a sockaddr_storage. */
const USUAL = new Set([0, 2, 12, 16, 28, 110, 128]);

/**
 * Lengths of the addresses of abstract sockets that lead out: a connect(2) names an abstract socket exactly, so its length
 * tells X servers (`@/tmp/.X11-unix/X0`), session managers and a D-Bus of dbus-launch from everything else but a path that
 * happens to be as long. What listens now is added.
 */
export function leadingOut(listening: readonly string[] = abstractNames()): number[] {
  const known = ['/tmp/.X11-unix/X0', '/tmp/.X11-unix/X10', '/tmp/dbus-0123456789'];
  const lengths = [...known, ...listening].map((name) => 2 + 1 + Buffer.byteLength(name));
  return [...new Set(lengths)].filter((length) => length <= 110 && !USUAL.has(length)).toSorted((a, b) => a - b);
}

/** Names of the abstract stream sockets that listen in this network namespace, without the leading `@`. */
function abstractNames(): string[] {
  return readFileSync('/proc/net/unix', 'latin1')
    .split('\n')
    .flatMap((line) => {
      const [, , , flags, , , , name] = line.trim().split(/\s+/);
      return name?.startsWith('@') && Number.parseInt(flags ?? '0', 16) & 0x10000 ? [name.slice(1)] : [];
    });
}

/** The program for `bwrap --seccomp`; null on a processor whose system calls are not known here. */
export function socketFilter(lengths: readonly number[], architecture: string = process.arch): Uint8Array | null {
  const known = ARCHITECTURES[architecture];
  if (!known) return null;
  const code: [number, number, number, number][] = [];
  const load = (offset: number) => code.push([0x20, 0, 0, offset]);
  const ifEqual = (value: number, then: number) => code.push([0x15, 0, 1, value], [0x06, 0, 0, then]);
  const skipUnless = (value: number, count: number) => code.push([0x15, 0, count, value]);

  load(4);
  code.push([0x15, 1, 0, known.audit], [0x06, 0, 0, ERRNO | EPERM]);
  load(0);
  code.push([0x35, 0, 1, X32], [0x06, 0, 0, ERRNO | EPERM]);
  ifEqual(IO_URING_SETUP, ERRNO | ENOSYS);
  for (const number of known.keys) ifEqual(number, ERRNO | EPERM);
  // The length of an address is the third argument of connect and the sixth of sendto.
  for (const [number, argument] of [
    [known.connect, 2],
    [known.sendto, 5],
  ] as const) {
    skipUnless(number, 1 + 2 * lengths.length + 1);
    load(16 + 8 * argument);
    for (const length of lengths) ifEqual(length, ERRNO | EPERM);
    code.push([0x06, 0, 0, ALLOW]);
  }
  code.push([0x06, 0, 0, ALLOW]);

  const bytes = Buffer.alloc(code.length * 8);
  for (const [index, [operation, yes, no, value]] of code.entries()) {
    bytes.writeUInt16LE(operation, index * 8);
    bytes.writeUInt8(yes, index * 8 + 2);
    bytes.writeUInt8(no, index * 8 + 3);
    bytes.writeUInt32LE(value >>> 0, index * 8 + 4);
  }
  return bytes;
}
