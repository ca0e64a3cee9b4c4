/** The keys that sign heads and are destroyed: one signs, every head names the next, and none comes back. */
import type { KeyCrypto } from '../vault/ports.ts';
import { keyText, type MovingKey } from './ledgerKey.ts';
import type { HeadAnchor, KeptHead } from './ports.ts';

type Maker = Pick<KeyCrypto, 'newSigningKey' | 'signingKey'>;
/** A key as the keychain holds it, and as it signs. */
interface KeptKey {
  readonly key: string;
  readonly moving: MovingKey;
}

export class MovingKeys {
  readonly #maker: Maker;
  readonly #anchor: HeadAnchor;
  readonly #first: string;
  #current: KeptKey;
  #next: KeptKey;

  private constructor(maker: Maker, anchor: HeadAnchor, current: string, first: string | null) {
    this.#maker = maker;
    this.#anchor = anchor;
    this.#current = this.#read(current);
    this.#next = this.#make();
    this.#first = first ?? keyText(this.#current.moving.publicKey);
  }

  /**
   * Goes on with the kept key; when there is none, keeps a new one before anything is signed with it. A keychain that takes
   * none now gets it with the first head; a crash before that shows as an epoch that begins anew.
   */
  static async open(maker: Maker, anchor: HeadAnchor, kept: KeptHead | null): Promise<MovingKeys> {
    if (kept !== null) return new MovingKeys(maker, anchor, kept.key, kept.first);
    const key = maker.newSigningKey();
    const keys = new MovingKeys(maker, anchor, key, null);
    await anchor.save({ note: null, key, first: keys.#first }).catch(() => undefined);
    return keys;
  }

  /** The one that signs now. */
  current(): MovingKey {
    return this.#current.moving;
  }

  /** The public key, SPKI DER, of the one after it. */
  next(): Uint8Array {
    return this.#next.moving.publicKey;
  }

  /** The public key, base64, that signed this ledger’s first head as far as the keychain knows. */
  first(): string {
    return this.#first;
  }

  /** Keeps a note that the current key signed together with its successor, and then lets go of the current one. */
  async advance(note: string): Promise<void> {
    const next = this.#next;
    await this.#save(note, next);
    this.#current = next;
    this.#next = this.#make();
  }

  /** Keeps a note; the current key goes on signing. */
  keep(note: string): Promise<void> {
    return this.#save(note, this.#current);
  }

  #save(note: string, { key }: KeptKey): Promise<void> {
    return this.#anchor.save({ note, key, first: this.#first });
  }

  #make(): KeptKey {
    return this.#read(this.#maker.newSigningKey());
  }

  #read(key: string): KeptKey {
    return { key, moving: this.#maker.signingKey(key) };
  }
}
