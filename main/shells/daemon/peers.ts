import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { writeConnectFile } from '../../adapters/socket/connectFile.ts';
import { greet } from '../../adapters/socket/greet.ts';
import { type Listening, listenOwnerOnly } from '../../adapters/socket/listen.ts';
import { refuseUnproved } from '../../adapters/socket/refuseUnproved.ts';
import { serveDoor } from '../../adapters/socket/rpc.ts';
import { newId } from '../../adapters/system/ids.ts';
import type { Folders } from '../../adapters/system/paths.ts';
import { Refused, refusal } from '../../contract/refusal.ts';
import type { Prepared } from '../../services/proxy/sessions.ts';
import { clientOf } from './clientOf.ts';
import type { Core } from './core.ts';
import type { Host } from './host.ts';
import { relayPeer } from './relayPeer.ts';
import { door } from './router/base.ts';

/** The owner-only socket: relays and command lines, each of which proves itself before anything is said. */
export class Peers {
  readonly #folders: Folders;
  /** Peers that come before it is known where the keys are wait for this. */
  readonly #host = Promise.withResolvers<Host>();
  /** New at each start, so that what an older `connect.json` told is worth nothing. */
  readonly #connectKey = randomBytes(32);
  readonly #open = new Set<Socket>();
  #core: Core | null = null;
  #listening: Listening | null = null;

  constructor(folders: Folders) {
    this.#folders = folders;
  }

  /** Whose peers these are; those that came before are answered now. */
  serve(host: Host): void {
    this.#host.resolve(host);
    // Where there were never keys yet, peers still have to find us to be told so.
    const known = existsSync(join(this.#folders.state, 'connect.json'));
    if (!known && host.keystore().state !== 'ready') this.#tell(publicKeyOfNobody());
  }

  /** Takes the socket and the lock. Throws `Refused('ALREADY_RUNNING')`. */
  async listen(): Promise<void> {
    const { socket, state } = this.#folders;
    this.#listening = await listenOwnerOnly(socket, (peer) => this.#accept(peer), { lockFolder: state });
  }

  /** From now on peers are let in: the device key is there to prove who we are. */
  admit(core: Core): void {
    this.#core = core;
    this.#tell(core.keys.publicKey);
  }

  #tell(publicKey: Uint8Array): void {
    writeConnectFile(join(this.#folders.state, 'connect.json'), {
      socket: this.#folders.socket,
      device: Buffer.from(publicKey).toString('base64'),
      key: this.#connectKey.toString('base64'),
    });
  }

  async close(): Promise<void> {
    await this.#listening?.close();
    for (const socket of this.#open) socket.destroySoon();
  }

  #accept(socket: Socket): void {
    this.#open.add(socket);
    socket.once('close', () => this.#open.delete(socket));
    // Until it is read, a peer that resets the connection must not be an uncaught error.
    socket.on('error', () => {});
    void this.#host.promise.then((host) =>
      this.#greet(socket, host).catch((error) => {
        if (!(error instanceof Refused)) host.fault(error);
      }),
    );
  }

  async #greet(socket: Socket, host: Host): Promise<void> {
    // A keystore that is ready means that the rest follows at once.
    if (!this.#core && host.keystore().state === 'ready') await host.open().catch(() => {});
    const core = this.#core;
    if (!core) {
      const { state, detail } = host.keystore();
      return refuseUnproved(socket, refusal(state === 'locked' ? 'VAULT_LOCKED' : 'KEYCHAIN_UNAVAILABLE', detail));
    }
    let prepared: Prepared | null = null;
    const { hello } = await greet(socket, {
      sign: core.keys.sign,
      connectKey: this.#connectKey,
      admit: async (peer) => {
        if (peer.role === 'control') return { welcome: newId() };
        if (peer.server === undefined) return { refused: refusal('SERVER_UNKNOWN') };
        try {
          prepared = await core.sessions.prepare(peer.server, await clientOf(peer.pid));
          return { welcome: prepared.id };
        } catch (error) {
          if (error instanceof Refused) return { refused: error.refusal };
          throw error;
        }
      },
    });
    if (hello.role === 'control') {
      serveDoor(socket, host.router, door('control'));
      socket.resume();
      return;
    }
    const ready = prepared as Prepared | null;
    if (socket.destroyed) await ready?.abandon();
    else ready?.attach(relayPeer(socket));
  }
}

/** A device key whose private half is thrown away: nothing can be proved with it. */
function publicKeyOfNobody(): Uint8Array {
  return generateKeyPairSync('ed25519').publicKey.export({ format: 'der', type: 'spki' });
}
