/** Requests that a device signed (RFC 9421, with the digest of RFC 9530): every one of them counts once. */
import { httpbis } from 'http-message-signatures';
import { Refused } from '../../main/contract/refusal.ts';
import type { Database } from '../store/database.ts';
import { deviceOf, type EnrolledDevice } from '../store/enrolments.ts';
import { firstSeen, forgetOld } from '../store/nonces.ts';
import { UUID } from '../store/uuid.ts';
import { sha256, verifySignature } from '../verify/crypto.ts';

/** What a signature covers. */
const FIELDS = ['@method', '@authority', '@path', 'content-digest'];
/** How far a device's clock may be off, seconds. */
const TOLERANCE = 300;
/** One request in so many tidies up. */
const TIDY = 64;
const KEY_ID = new RegExp(`^(${UUID})/(${UUID})$`);
const NONCE = /^[\w+/=-]{16,64}$/;

export interface SignedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[]>>;
}

/** Who signed a request, and the nonce by which it is known again. */
export interface ProvedRequest {
  readonly device: EnrolledDevice;
  readonly nonce: string;
}

/** Counts a proved request. Throws `Refused('SIGNATURE_REFUSED')` for another body than was signed, and for a request seen before. */
export async function takeOnce(
  database: Database,
  { device, nonce }: ProvedRequest,
  { headers }: SignedRequest,
  body: Buffer,
): Promise<void> {
  const digest = `sha-256=:${sha256(body).toString('base64')}:`;
  if (headers['content-digest'] !== digest) throw new Refused('SIGNATURE_REFUSED', 'the digest of the body');
  const until = new Date(Date.now() + 3 * TOLERANCE * 1000);
  if (!(await firstSeen(database, device, nonce, until)))
    throw new Refused('SIGNATURE_REFUSED', 'this request was seen before');
  if (Math.random() * TIDY < 1) await forgetOld(database, device);
}

/**
 * The device that signed a request, by its headers alone: nobody else is heard out. Throws `Refused` with
 * SIGNATURE_REFUSED or DEVICE_REVOKED.
 */
export async function provedRequest(database: Database, request: SignedRequest): Promise<ProvedRequest> {
  let signer: EnrolledDevice | null = null;
  let nonce = '';
  let unread: unknown = null;
  let asked = 0;
  const holds = await httpbis
    .verifyMessage(
      {
        keyLookup: async (params) => {
          // Of several signatures the library believes the last: who signed would be anybody that another one names.
          asked += 1;
          if (asked > 1) throw new Error('a request has one signature');
          const [, tenant, device] = KEY_ID.exec(String(params.keyid)) ?? [];
          if (tenant === undefined || device === undefined) return null;
          const found = await deviceOf(database, tenant, device).catch((error) => {
            unread = error;
            throw error;
          });
          if (found === null) return null;
          signer = found;
          nonce = String(params.nonce);
          return {
            id: String(params.keyid),
            algs: ['ed25519'],
            verify: async (data, signature) => verifySignature(found.requestKey, data, signature),
          };
        },
        requiredFields: FIELDS,
        requiredParams: ['created', 'nonce', 'keyid', 'alg'],
        // The library takes the tolerance off the time a signature was created before it compares.
        maxAge: 2 * TOLERANCE,
        tolerance: TOLERANCE,
        notAfter: new Date(),
      },
      request,
    )
    .catch((error: Error) => {
      // Whatever else is wrong, a database that does not answer says nothing about the device.
      throw unread ?? new Refused('SIGNATURE_REFUSED', error.message);
    });
  const device = signer as EnrolledDevice | null;
  if (holds !== true || device === null || asked !== 1)
    throw new Refused('SIGNATURE_REFUSED', 'the signature is of no known key');
  if (!NONCE.test(nonce)) throw new Refused('SIGNATURE_REFUSED', 'the nonce');
  if (device.revoked) throw new Refused('DEVICE_REVOKED');
  return { device, nonce };
}
