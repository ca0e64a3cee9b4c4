/** The collector over HTTPS: requests compressed and signed (RFC 9421, RFC 9530). */
import { createHash, createPrivateKey, randomBytes, sign } from 'node:crypto';
import { promisify } from 'node:util';
import { zstdCompress } from 'node:zlib';
import { createORPCClient, ORPCError } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import { OpenAPILink } from '@orpc/openapi-client/fetch';
import { httpbis } from 'http-message-signatures';
import { type CollectorApi, collectorApi, enrolled } from '../../contract/collector.ts';
import { type ErrorCode, refusalSchema } from '../../contract/errors.ts';
import { Refused } from '../../contract/refusal.ts';
import type { CollectorLinks } from '../../services/sync/ports.ts';

const compress = promisify(zstdCompress);
const FIELDS = ['@method', '@authority', '@path', 'content-digest'];
/** Smaller bodies do not get smaller. */
const WORTH = 1024;
const TIMEOUT_MS = 60_000;
/** Bytes of an answer, unpacked: every one is short, and whoever answers may be anybody. */
const LONGEST_ANSWER = 64 * 1024;
/** Characters of what a collector says of a refusal. */
const LONGEST_DETAIL = 200;
/** What a collector can refuse; it knows nothing of what else may be wrong on a device. */
const ITS_REFUSALS: readonly ErrorCode[] = [
  'SIGNATURE_REFUSED',
  'ENROLMENT_INVALID',
  'DEVICE_REVOKED',
  'CONTINUITY_BROKEN',
  'SEQUENCE_GAP',
  'INPUT_INVALID',
  'SLOW_DOWN',
];

type Client = ContractRouterClient<CollectorApi>;
type Headers = Record<string, string>;
/** What is added to a request before it goes out. */
type Prove = (method: string, url: string, headers: Headers, body: Uint8Array) => Promise<Headers>;

/** A refusal that said when to come again. */
class Later extends Refused {
  readonly seconds: number;
  constructor(seconds: number, detail?: string) {
    super('SLOW_DOWN', detail);
    this.seconds = seconds;
  }
}

export const collectorLinks: CollectorLinks = {
  async enrol({ url, ...enrolment }) {
    const { client } = openClient(url, async (_, __, headers) => headers);
    const answer = enrolled.safeParse(await refusing(() => client.device.enrol(enrolment)));
    if (!answer.success) throw new Refused('COLLECTOR_UNREACHABLE', 'it answers with something else');
    return answer.data;
  },
  open({ url, device }, key) {
    const { client, close } = openClient(url, signer(device, key));
    return {
      head: () => refusing(() => client.device.head()),
      send: (batch) => refusing(() => client.device.send(batch)),
      report: (fault) => refusing(async () => void (await client.device.report(fault))),
      rotate: (requestKey) => refusing(async () => void (await client.device.rotate({ requestKey }))),
      close,
    };
  },
  retryAfter: (error) => (error instanceof Later ? error.seconds : null),
};

function openClient(url: string, prove: Prove): { client: Client; close(): void } {
  const over = new AbortController();
  const link = new OpenAPILink(collectorApi, {
    url: `${url}v1`,
    async fetch(request) {
      const plain = new Uint8Array(await request.arrayBuffer());
      const packed = plain.length >= WORTH;
      const body = packed ? new Uint8Array(await compress(plain)) : plain;
      const headers: Headers = {
        'content-type': request.headers.get('content-type') ?? 'application/json',
        ...(packed && { 'content-encoding': 'zstd' }),
        'content-digest': `sha-256=:${createHash('sha256').update(body).digest('base64')}:`,
      };
      const { method } = request;
      const answer = await fetch(request.url, {
        method,
        headers: await prove(method, request.url, headers, body),
        ...(method !== 'GET' && { body }),
        // A collector that sends elsewhere is not the one that was agreed to.
        redirect: 'error',
        signal: AbortSignal.any([over.signal, AbortSignal.timeout(TIMEOUT_MS)]),
      });
      const wait = Number(answer.headers.get('retry-after') ?? Number.NaN);
      if (answer.status === 429 || answer.status === 503) {
        await answer.body?.cancel();
        throw new Later(Number.isFinite(wait) ? wait : 5);
      }
      return bounded(answer);
    },
  });
  return { client: createORPCClient(link), close: () => over.abort() };
}

/** The same answer, read to its end. Throws for one that is long, before it is there. */
async function bounded({ body, status, headers }: Response): Promise<Response> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  // Leaving the loop gives up what is still to come.
  for await (const chunk of body ?? []) {
    length += chunk.length;
    if (length > LONGEST_ANSWER) throw new Error('its answer is too long');
    chunks.push(chunk);
  }
  return new Response(length === 0 ? null : Buffer.concat(chunks), { status, headers });
}

function signer(keyid: string, key: string): Prove {
  const secret = createPrivateKey({ key: Buffer.from(key, 'base64'), format: 'der', type: 'pkcs8' });
  return async (method, url, headers) => {
    const signed = await httpbis.signMessage(
      {
        key: { id: keyid, alg: 'ed25519', sign: async (data) => sign(null, data, secret) },
        fields: FIELDS,
        params: ['created', 'nonce', 'keyid', 'alg'],
        paramValues: { created: new Date(), nonce: randomBytes(18).toString('base64url') },
      },
      { method, url, headers: { ...headers, host: new URL(url).host } },
    );
    const { host: _, ...rest } = signed.headers as Headers;
    return rest;
  };
}

/** Rejects with `Refused` alone: what the collector said, or that it could not be reached. */
async function refusing<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof Refused) throw error;
    if (error instanceof ORPCError) {
      const said = refusalSchema.safeParse(error.data);
      if (said.success && ITS_REFUSALS.includes(said.data.code))
        throw new Refused(said.data.code, said.data.detail?.slice(0, LONGEST_DETAIL));
      throw new Refused('COLLECTOR_UNREACHABLE', `it answers with ${error.status}`);
    }
    throw new Refused('COLLECTOR_UNREACHABLE', reason(error));
  }
}

/** What the network said; `fetch` itself says no more than that it failed. */
function reason(error: unknown): string {
  const { cause, message } = error as { cause?: { code?: string; message?: string }; message?: string };
  return cause?.code ?? cause?.message ?? message ?? 'unknown';
}
