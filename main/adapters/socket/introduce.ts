/** The peer's side of the handshake (`contract/handshake.ts`, SECURITY.md rule 4): relay and command line. */
import { createHmac, createPublicKey, randomBytes, verify } from 'node:crypto';
import type { Duplex } from 'node:stream';
import type { ErrorCode } from '../../contract/errorCodes.ts';
import type { ConnectFile, Hello } from '../../contract/handshake.ts';
import { Refused } from '../../contract/refusal.ts';
import { nextLine, sendLine } from './lines.ts';
import { bytesOf, isNonce, readWelcome } from './shapes.ts';
import { transcript } from './transcript.ts';

export interface IntroduceOptions {
  /** The device's public key and the connect key of `connect.json`. */
  readonly known: Pick<ConnectFile, 'device' | 'key'>;
  readonly role: Hello['role'];
  /** The server a relay is for. */
  readonly server?: string;
  readonly pid: number;
  /** For the daemon's challenge, in milliseconds; 5 s unless told. */
  readonly timeoutMs?: number;
  /** For the daemon's last word, which may have to look things up; 30 s unless told. */
  readonly welcomeMs?: number;
}

/** What a daemon may say without a proof, since it has no keys to prove anything with until somebody opens them. */
const UNPROVED: ReadonlySet<ErrorCode> = new Set(['VAULT_LOCKED', 'KEYCHAIN_UNAVAILABLE']);

/** A refusal by something that has proved nothing: only its code is believed, and only as a reason to do nothing. */
export class Unproved extends Refused {}

/**
 * Makes the daemon prove that it holds the device key before anything else is said, then proves knowledge of the
 * connect key. Resolves with the session's id; the stream comes back paused with nothing lost: attach listeners,
 * then `resume()`. Rejects with `Refused`: HANDSHAKE_FAILED, DAEMON_ABSENT when the other end hangs up without a word
 * (one that stops, or dies), `Unproved` with VAULT_LOCKED or KEYCHAIN_UNAVAILABLE, or the daemon's own refusal; the stream is then destroyed.
 */
export async function introduce(stream: Duplex, options: IntroduceOptions): Promise<string> {
  // Stays: `close` follows each error, and that is what callers listen to.
  stream.on('error', () => {});
  try {
    const nonce = randomBytes(32).toString('base64');
    const { role, server, pid } = options;
    const hello: Hello = { countersign: 1, role, ...(server === undefined ? {} : { server }), pid, nonce };
    sendLine(stream, hello);

    const challenge = await nextLine(stream, options.timeoutMs ?? 5000);
    const unproved = readWelcome(challenge);
    if (unproved !== undefined && 'refused' in unproved && UNPROVED.has(unproved.refused.code)) {
      throw new Unproved(unproved.refused.code);
    }
    const signature = bytesOf(challenge.signature);
    if (!isNonce(challenge.nonce) || signature === undefined) {
      throw new Refused('HANDSHAKE_FAILED', 'it answered with something else than a challenge');
    }
    const key = createPublicKey({ key: Buffer.from(options.known.device, 'base64'), format: 'der', type: 'spki' });
    if (!verify(null, transcript('daemon', hello, challenge.nonce), key, signature)) {
      throw new Refused('HANDSHAKE_FAILED', 'its signature is not by this device’s key');
    }

    const mac = createHmac('sha256', Buffer.from(options.known.key, 'base64'));
    sendLine(stream, { proof: mac.update(transcript('peer', hello, challenge.nonce)).digest('base64') });

    const answer = readWelcome(await nextLine(stream, options.welcomeMs ?? 30_000));
    if (answer === undefined) throw new Refused('HANDSHAKE_FAILED', 'its last word is neither welcome nor refusal');
    if ('refused' in answer) throw new Refused(answer.refused.code, answer.refused.detail);
    return answer.welcome;
  } catch (error) {
    const hungUp = stream.readableEnded || stream.destroyed;
    stream.destroy();
    if (error instanceof Unproved) throw error;
    if (hungUp) throw new Refused('DAEMON_ABSENT', 'it hung up');
    throw error instanceof Refused ? error : new Refused('HANDSHAKE_FAILED', 'the device key cannot be read');
  }
}
