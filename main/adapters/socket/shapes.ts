/** Checks of what the other end sent, by hand: the schema library would cost the relay its start-up budget. */
import { Buffer } from 'node:buffer';
import { ERRORS, type ErrorCode } from '../../contract/errorCodes.ts';
import type { Hello } from '../../contract/handshake.ts';
import type { Refusal } from '../../contract/refusal.ts';

const NAME = /^[A-Za-z0-9._-]{1,64}$/;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

type Line = Readonly<Record<string, unknown>>;

/** The `hello` of `contract/handshake.ts`, or undefined. */
export function readHello(line: Line): Hello | undefined {
  const { countersign, role, server, pid, nonce } = line;
  if (countersign !== 1 || (role !== 'relay' && role !== 'control')) return undefined;
  if (server !== undefined && (typeof server !== 'string' || !NAME.test(server))) return undefined;
  if ((role === 'relay') !== (server !== undefined)) return undefined;
  if (typeof pid !== 'number' || !Number.isSafeInteger(pid) || pid <= 0) return undefined;
  if (!isNonce(nonce)) return undefined;
  return { countersign, role, pid, nonce, ...(server === undefined ? {} : { server }) };
}

/** 32 bytes in base64, 44 characters. */
export function isNonce(value: unknown): value is string {
  return typeof value === 'string' && value.length === 44 && bytesOf(value)?.length === 32;
}

/** The bytes of canonical base64, or undefined. */
export function bytesOf(value: unknown): Buffer | undefined {
  if (typeof value !== 'string' || !BASE64.test(value)) return undefined;
  const bytes = Buffer.from(value, 'base64');
  return bytes.toString('base64') === value ? bytes : undefined;
}

/** The session's id, the daemon's refusal, or undefined when it is neither. */
export function readWelcome(line: Line): { welcome: string } | { refused: Refusal } | undefined {
  if (typeof line.welcome === 'string' && UUID.test(line.welcome)) return { welcome: line.welcome };
  const refused = line.refused as Partial<Refusal> | null | undefined;
  if (typeof refused !== 'object' || refused === null) return undefined;
  const { code, message, fix, detail } = refused;
  if (typeof code !== 'string' || !Object.hasOwn(ERRORS, code)) return undefined;
  if (typeof message !== 'string' || typeof fix !== 'string') return undefined;
  if (detail !== undefined && typeof detail !== 'string') return undefined;
  return { refused: { code: code as ErrorCode, message, fix, ...(detail === undefined ? {} : { detail }) } };
}
