/**
 * The first lines on every socket, newline-delimited JSON, before anything else is said (SECURITY.md rule 4):
 *
 * 1. peer → daemon `hello`      who it is and a nonce
 * 2. daemon → peer `challenge`  a nonce, and an Ed25519 signature of the transcript by the device key
 * 3. peer → daemon `proof`      an HMAC-SHA-256 of the transcript under the connect key
 * 4. daemon → peer `welcome`    or a refusal
 *
 * The transcript is `countersign/1\n` + role + `\n` + server or empty + `\n` + peer nonce + `\n` + daemon nonce,
 * prefixed with `daemon\n` for the signature and `peer\n` for the proof.
 * After `welcome` a relay's socket carries MCP lines, a control socket length-prefixed oRPC messages.
 */
import { z } from 'zod';
import { refusalSchema } from './errors.ts';
import { bytes32, id, name } from './names.ts';

export const hello = z.object({
  countersign: z.literal(1),
  role: z.enum(['relay', 'control']),
  server: name.optional(),
  pid: z.int(),
  nonce: bytes32,
});
export type Hello = z.infer<typeof hello>;

export const challenge = z.object({ nonce: bytes32, signature: z.base64() });
export type Challenge = z.infer<typeof challenge>;

export const welcome = z.union([z.object({ welcome: id }), z.object({ refused: refusalSchema })]);
export type Welcome = z.infer<typeof welcome>;

/**
 * `connect.json` in the state folder (0600): what a peer of the same user needs to know its daemon and to be known.
 * `device` is the device's Ed25519 public key (SPKI DER, base64), `key` the connect key (32 bytes, base64).
 */
export const connectFile = z.object({ socket: z.string(), device: z.base64(), key: z.base64() });
export type ConnectFile = z.infer<typeof connectFile>;
