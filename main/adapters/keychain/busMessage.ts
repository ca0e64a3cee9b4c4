/** D-Bus messages as bytes (D-Bus specification 0.43, "Marshaling" and "Message Format"), as far as asking short questions needs. */

const METHOD_CALL = 1;
const METHOD_RETURN = 2;
const ERROR = 3;
const FIELD = { path: 1, interface: 2, member: 3, error: 4, replySerial: 5, destination: 6, signature: 8 } as const;

/** One question: where it goes, and its arguments, which are all strings. */
export interface BusCall {
  readonly destination: string;
  readonly path: string;
  readonly interface: string;
  readonly member: string;
  readonly args?: readonly string[];
}

/** An answer to the call of this serial: the error's name, or the first value if it is a string, path, number or boolean. */
export interface BusReply {
  readonly serial: number;
  readonly error: string | null;
  readonly value: string | number | boolean | null;
}

const align = (at: number, to: number) => Math.ceil(at / to) * to;

/** Little-endian bytes of a method call. */
export function callBytes({ destination, path, interface: face, member, args = [] }: BusCall, serial: number): Buffer {
  const fields = new Marshal();
  const field = (code: number, type: 's' | 'o' | 'g', value: string) => {
    fields.pad(8);
    fields.bytes(code, 1, type.charCodeAt(0), 0);
    if (type === 'g') fields.bytes(value.length, ...Buffer.from(value), 0);
    else fields.string(value);
  };
  field(FIELD.path, 'o', path);
  field(FIELD.destination, 's', destination);
  field(FIELD.interface, 's', face);
  field(FIELD.member, 's', member);
  if (args.length > 0) field(FIELD.signature, 'g', 's'.repeat(args.length));
  const body = new Marshal();
  for (const arg of args) body.string(arg);

  const message = new Marshal();
  message.bytes('l'.charCodeAt(0), METHOD_CALL, 0, 1);
  message.u32(body.length);
  message.u32(serial);
  message.u32(fields.length);
  message.bytes(...fields.content);
  message.pad(8);
  message.bytes(...body.content);
  return Buffer.from(message.content);
}

/** Takes one message off the front: its length in bytes, and what it answers if it is an answer. Undefined: not all there yet. */
export function readMessage(bytes: Buffer): { length: number; reply: BusReply | null } | undefined {
  if (bytes.length < 16) return undefined;
  const little = bytes[0] === 'l'.charCodeAt(0);
  const u32 = (at: number) => (little ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at));
  const fieldsEnd = 16 + u32(12);
  const body = align(fieldsEnd, 8);
  const length = body + u32(4);
  if (bytes.length < length) return undefined;
  const kind = bytes[1];
  if (kind !== METHOD_RETURN && kind !== ERROR) return { length, reply: null };

  const text = (at: number) => bytes.toString('utf8', at + 4, at + 4 + u32(at));
  let serial = 0;
  let error: string | null = null;
  let signature = '';
  for (let at = 16; at < fieldsEnd; ) {
    at = align(at, 8);
    const code = bytes[at];
    const type = String.fromCharCode(bytes[at + 2] as number);
    at += 4;
    if (type === 'g') {
      const end = at + 1 + (bytes[at] as number);
      if (code === FIELD.signature) signature = bytes.toString('latin1', at + 1, end);
      at = end + 1;
    } else if (type === 'u') {
      at = align(at, 4);
      if (code === FIELD.replySerial) serial = u32(at);
      at += 4;
    } else {
      at = align(at, 4);
      if (code === FIELD.error) error = text(at);
      at += 4 + u32(at) + 1;
    }
  }
  if (kind === ERROR) return { length, reply: { serial, error: error ?? 'unknown', value: null } };

  let at = body;
  let type = signature[0];
  if (type === 'v') {
    type = String.fromCharCode(bytes[at + 1] as number);
    at = align(at + 3, 4);
  }
  const value = type === 's' || type === 'o' ? text(at) : type === 'u' ? u32(at) : type === 'b' ? u32(at) === 1 : null;
  return { length, reply: { serial, error: null, value } };
}

/** Bytes that grow, counted from an 8-byte boundary. */
class Marshal {
  readonly content: number[] = [];

  get length(): number {
    return this.content.length;
  }

  bytes(...values: number[]): void {
    this.content.push(...values);
  }

  pad(to: number): void {
    while (this.content.length % to !== 0) this.content.push(0);
  }

  u32(value: number): void {
    this.pad(4);
    this.content.push(value & 0xff, (value >>> 8) & 0xff, (value >>> 16) & 0xff, value >>> 24);
  }

  string(value: string): void {
    const utf8 = Buffer.from(value, 'utf8');
    this.u32(utf8.length);
    this.content.push(...utf8, 0);
  }
}
