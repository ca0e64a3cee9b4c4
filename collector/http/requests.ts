/** One HTTP request: who calls is proved first, then the contract's procedure answers. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { StandardOpenAPIHandler } from '@orpc/openapi/standard';
import { sql } from 'kysely';
import { BATCH_BYTES } from '../../main/contract/collector.ts';
import { Refused } from '../../main/contract/refusal.ts';
import type { Database } from '../store/database.ts';
import { operatorOf } from '../store/organisations.ts';
import { readBody, readJson, unpackBody } from './body.ts';
import type { Caller, Context } from './context.ts';
import { provedRequest, type SignedRequest, takeOnce } from './deviceSignature.ts';
import { type Limits, TooMuch } from './limits.ts';
import { readPage, SECURITY_HEADERS } from './pages.ts';
import { type CollectorRouter, statusOf } from './router.ts';

export interface RequestParts {
  readonly database: Database;
  readonly router: CollectorRouter;
  readonly limits: Limits;
  readonly console: string;
  /** Set when it ends: load balancers look elsewhere. */
  readonly draining: () => boolean;
  readonly secure: boolean;
  readonly behindProxy: boolean;
  readonly fault: (error: unknown) => void;
}

const PREFIX = '/v1';
const DEVICE = `${PREFIX}/device/`;
/** What anybody but a device has to say is short. */
const SHORT = 64 * 1024;
const COOKIE = 'countersign_session';

/** Answers requests until the process ends. */
export function createAnswer(parts: RequestParts): (request: IncomingMessage, response: ServerResponse) => void {
  const handler = new StandardOpenAPIHandler(parts.router, {});
  return (request, response) => {
    answer(parts, handler, request, response).catch((error) => {
      if (error instanceof Refused) return refuse(response, error);
      parts.fault(error);
      refuse(response, new Refused('INTERNAL'));
    });
  };
}

async function answer(
  parts: RequestParts,
  handler: StandardOpenAPIHandler<Context>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = URL.parse(request.url ?? '/', 'http://collector');
  if (url === null) throw new Refused('NOT_FOUND');
  const path = url.pathname;
  if (path === '/healthz') return say(response, 200, 'text/plain', 'ok\n');
  if (path === '/readyz') return readiness(parts, response);
  if (!path.startsWith(`${PREFIX}/`)) return page(parts, path, response);
  if (!path.startsWith(DEVICE)) {
    const caller = await callerOf(parts, request, path);
    return serve(parts, handler, { request, url, caller, body: await readBody(request, SHORT) }, response);
  }
  const signed = signedBy(parts, request);
  const proved = await provedRequest(parts.database, signed);
  const { device } = proved;
  await parts.limits.ofDevice(device, async () => {
    const body = await readBody(request, BATCH_BYTES);
    await takeOnce(parts.database, proved, signed, body);
    await serve(parts, handler, { request, url, caller: { kind: 'device', device }, body }, response);
  });
}

/** A request whose caller is known. */
interface Known {
  readonly request: IncomingMessage;
  readonly url: URL;
  readonly caller: Caller;
  /** As it came. */
  readonly body: Buffer;
}

async function serve(
  parts: RequestParts,
  handler: StandardOpenAPIHandler<Context>,
  { request, url, caller, body }: Known,
  response: ServerResponse,
): Promise<void> {
  const { method = 'GET', headers } = request;
  const added: Record<string, string> = {};
  const context: Context = {
    caller,
    setSession(session) {
      const life = session === null ? 'Max-Age=0' : 'Max-Age=43200';
      const secure = parts.secure ? '; Secure' : '';
      added['Set-Cookie'] = `${COOKIE}=${session ?? ''}; Path=${PREFIX}; HttpOnly; SameSite=Strict; ${life}${secure}`;
    },
    comeAgain(seconds) {
      added['Retry-After'] = String(seconds);
    },
  };
  const run = async () => {
    const unpacked = await unpackBody(body, headers['content-encoding']);
    const asked = { method, url, headers, signal: undefined, body: async () => readJson(unpacked, headers) };
    return handler.handle(asked, { prefix: PREFIX, context });
  };
  const heavy = caller.kind === 'device' && method === 'POST';
  const { response: answered } = heavy ? await parts.limits.atOnce(run) : await run();
  if (answered === undefined) throw new Refused('NOT_FOUND', url.pathname);
  response.writeHead(answered.status, { ...SECURITY_HEADERS, 'Content-Type': 'application/json', ...added });
  response.end(JSON.stringify(answered.body));
}

/** What a device signs of its request, and the headers that say so. */
function signedBy(
  { secure }: RequestParts,
  { method = 'GET', headers, url: target = '/' }: IncomingMessage,
): SignedRequest {
  const url = `${secure ? 'https' : 'http'}://${headers.host ?? ''}${target}`;
  return { method, url, headers: headers as Record<string, string | string[]> };
}

/** Who else calls, before a byte of the body is read. Only what brings its proof in the body is let through without one. */
async function callerOf(parts: RequestParts, request: IncomingMessage, path: string): Promise<Caller> {
  const { database, limits } = parts;
  const { method = 'GET', headers } = request;
  const open = method === 'POST' && [`${PREFIX}/setup`, `${PREFIX}/session`, `${PREFIX}/enrolment`].includes(path);
  // A page of another site can make a browser send requests here; it cannot choose the Origin they carry.
  const { origin, host } = headers;
  if (method !== 'GET' && origin !== undefined && URL.parse(origin)?.host !== host)
    throw new Refused('SIGN_IN_NEEDED', 'another Origin');
  if (open) {
    await limits.try(addressOf(parts, request));
    return { kind: 'open' };
  }
  const session = new RegExp(`(?:^|; )${COOKIE}=([^;]+)`).exec(headers.cookie ?? '')?.[1];
  const operator = session === undefined ? null : await operatorOf(database, session);
  if (session === undefined || operator === null) throw new Refused('SIGN_IN_NEEDED');
  return { kind: 'operator', operator, session };
}

/** Where a request comes from: behind a proxy every one comes from there, and the proxy says last from where it had it. */
function addressOf({ behindProxy }: RequestParts, { headers, socket }: IncomingMessage): string {
  const said = behindProxy ? String(headers['x-forwarded-for'] ?? '') : '';
  return said.split(',').at(-1)?.trim() || (socket.remoteAddress ?? '');
}

async function readiness({ database, draining }: RequestParts, response: ServerResponse): Promise<void> {
  const ready = !draining() && (await sql`select 1`.execute(database.db).catch(() => null)) !== null;
  say(response, ready ? 200 : 503, 'text/plain', ready ? 'ready\n' : 'not ready\n');
}

async function page(parts: RequestParts, path: string, response: ServerResponse): Promise<void> {
  const file = await readPage(parts.console, path);
  if (file === null) throw new Refused('NOT_FOUND', path);
  response.writeHead(200, { ...SECURITY_HEADERS, 'Content-Type': file.type });
  // Whoever goes away in the middle is no fault of ours.
  await pipeline(file.body, response).catch(() => response.destroy());
}

function say(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { ...SECURITY_HEADERS, 'Content-Type': type });
  response.end(body);
}

/** The shape that oRPC gives its errors, so that callers need to know one only. */
function refuse(response: ServerResponse, refused: Refused): void {
  const { refusal: value } = refused;
  if (response.headersSent) return void response.destroy();
  const wait = refused instanceof TooMuch ? { 'Retry-After': String(refused.retryAfter) } : {};
  const status = statusOf(value);
  response.writeHead(status, { ...SECURITY_HEADERS, ...wait, 'Content-Type': 'application/json' });
  response.end(JSON.stringify({ defined: false, code: value.code, status, message: value.message, data: value }));
}
