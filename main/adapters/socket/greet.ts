/** The daemon's side of the handshake (`contract/handshake.ts`, SECURITY.md rule 4). */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Duplex } from 'node:stream';
import type { Hello, Welcome } from '../../contract/handshake.ts';
import { Refused, refusal } from '../../contract/refusal.ts';
import { nextLine, sendLine } from './lines.ts';
import { reportedPeer } from './peer.ts';
import { bytesOf, readHello } from './shapes.ts';
import { transcript } from './transcript.ts';

export interface GreetOptions {
  /** Ed25519 by the device key. */
  readonly sign: (message: Uint8Array) => Uint8Array;
  /** The connect key, 32 bytes, as `connect.json` tells it. */
  readonly connectKey: Uint8Array;
  /** Whether a peer that has proved itself comes in: the session's id, or why not. Not under the time-out. */
  readonly admit: (hello: Hello) => Promise<Welcome> | Welcome;
  /** For each line of the peer, in milliseconds; 5 s unless told. */
  readonly timeoutMs?: number;
}

/** Who came in, under which session id. */
export interface Greeted {
  readonly hello: Hello;
  readonly id: string;
}

/**
 * Challenges a peer and lets it in or not. Resolves once `welcome` is written; the stream comes back paused with
 * nothing lost: attach listeners, then `resume()`. Rejects with the `Refused` that the peer was told
 * (HANDSHAKE_FAILED, or what `admit` gave); the stream is then ended.
 */
export async function greet(stream: Duplex, options: GreetOptions): Promise<Greeted> {
  const timeoutMs = options.timeoutMs ?? 5000;
  // Stays: a peer that resets the connection must never be an uncaught error. `close` follows each error.
  stream.on('error', () => {});
  try {
    const hello = readHello(await nextLine(stream, timeoutMs));
    if (hello === undefined) throw new Refused('HANDSHAKE_FAILED', 'the first line is not a hello this version knows');

    if (reportedPeer(hello.pid) === 'other-account') {
      throw new Refused('HANDSHAKE_FAILED', 'the process it claims to be belongs to another account');
    }

    const nonce = randomBytes(32).toString('base64');
    const signature = options.sign(transcript('daemon', hello, nonce));
    sendLine(stream, { nonce, signature: Buffer.from(signature).toString('base64') });

    const shown = bytesOf((await nextLine(stream, timeoutMs)).proof);
    const wanted = createHmac('sha256', options.connectKey)
      .update(transcript('peer', hello, nonce))
      .digest();
    if (shown === undefined || shown.length !== wanted.length || !timingSafeEqual(shown, wanted)) {
      throw new Refused('HANDSHAKE_FAILED', 'the program that connected does not know the connect key');
    }

    const answer = await options.admit(hello);
    if ('refused' in answer) throw new Refused(answer.refused.code, answer.refused.detail);
    sendLine(stream, answer);
    return { hello, id: answer.welcome };
  } catch (error) {
    const refused = error instanceof Refused ? error.refusal : refusal('INTERNAL');
    sendLine(stream, { refused });
    stream.end();
    stream.resume();
    throw error;
  }
}
