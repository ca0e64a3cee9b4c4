import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Refusal, refusal } from '../../contract/errors.ts';
import { sessionRequest } from '../../contract/web.ts';
import { hostIsOurs, originIsOurs } from './guards.ts';
import { SECURITY_HEADERS } from './headers.ts';
import type { Passes } from './passes.ts';
import { readStatic } from './staticFiles.ts';

export interface WebParts {
  readonly rendererFolder: string;
  readonly passes: Passes;
  /** Whether approval pages exist here now. */
  readonly mayApprove: () => boolean;
  readonly port: () => number;
}

/** Pages by their address. Every other path names a file that belongs to them, never another page. */
const PAGES: Readonly<Record<string, string>> = { '/': '/index.html', '/approval': '/approval.html' };
/** No request of ours has a longer body, in bytes. */
const BODY_LIMIT = 1024;

/** Answers one HTTP request. Whatever the guards do not know is refused before anything is read. */
export async function answerRequest(
  request: IncomingMessage,
  response: ServerResponse,
  parts: WebParts,
): Promise<void> {
  const { headers, method } = request;
  if (!hostIsOurs(headers.host, parts.port())) return refuse(response, 403, refusal('INPUT_INVALID', 'another Host'));
  const path = new URL(request.url ?? '/', 'http://localhost').pathname;
  if (method === 'GET') return sendFile(response, path, parts);
  if (method !== 'POST') return refuse(response, 405, refusal('INPUT_INVALID', 'another method'));
  if (!originIsOurs(headers.origin, headers.host, parts.port())) {
    return refuse(response, 403, refusal('INPUT_INVALID', 'another Origin'));
  }
  if (path === '/session') return openSession(request, response, parts);
  if (path === '/approval') return issueApproval(request, response, parts);
  return refuse(response, 404, refusal('NOT_FOUND', path));
}

async function sendFile(response: ServerResponse, path: string, parts: WebParts) {
  const hidden = path.endsWith('.html') || (path === '/approval' && !parts.mayApprove());
  const file = hidden ? null : await readStatic(parts.rendererFolder, PAGES[path] ?? path);
  if (file === null) return refuse(response, 404, refusal('NOT_FOUND', path));
  response.writeHead(200, { ...SECURITY_HEADERS, 'Content-Type': file.type });
  response.end(file.bytes);
}

async function openSession(request: IncomingMessage, response: ServerResponse, parts: WebParts) {
  const read = sessionRequest.safeParse(await readJson(request));
  if (!read.success) return refuse(response, 400, refusal('INPUT_INVALID', 'no code'));
  const granted = parts.passes.redeem(read.data.code);
  if (granted === null) return refuse(response, 403, refusal('LINK_SPENT'));
  return sendJson(response, 200, { token: granted.token, door: granted.page });
}

async function issueApproval(request: IncomingMessage, response: ServerResponse, parts: WebParts) {
  const token = /^Bearer ([\w-]+)$/.exec(request.headers.authorization ?? '')?.[1];
  request.resume();
  if (token === undefined || parts.passes.pageOf(token) === null) return refuse(response, 403, refusal('LINK_SPENT'));
  if (!parts.mayApprove()) return refuse(response, 403, refusal('NOT_APPROVER'));
  return sendJson(response, 200, { code: parts.passes.issue('approval') });
}

/** The body as JSON; undefined when it is too long or none. */
async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > BODY_LIMIT) return undefined;
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    return undefined;
  }
}

function sendJson(response: ServerResponse, status: number, value: object) {
  response.writeHead(status, { ...SECURITY_HEADERS, 'Content-Type': 'application/json' });
  response.end(JSON.stringify(value));
}

function refuse(response: ServerResponse, status: number, refused: Refusal) {
  sendJson(response, status, { refused });
}
