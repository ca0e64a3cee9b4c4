/** The key that requests are signed with, and while it is exchanged the one that follows. */
import type { DeviceHead } from '../../contract/collector.ts';
import { Refused } from '../../contract/refusal.ts';
import type { SyncEnrolment } from '../../contract/sync.ts';
import type { Keystore } from '../vault/ports.ts';
import type { CollectorLink, CollectorLinks } from './ports.ts';
import { readAnswer } from './receipts.ts';

const CURRENT = 'collector-key';
const NEXT = 'collector-key-next';

export class RequestKeys {
  readonly #keystore: Keystore;
  readonly #links: Pick<CollectorLinks, 'open'>;

  constructor(keystore: Keystore, links: Pick<CollectorLinks, 'open'>) {
    this.#keystore = keystore;
    this.#links = links;
  }

  /** Keeps a key beside the current one before the collector hears of it: its answer may be lost. */
  async offer(key: string): Promise<void> {
    await this.#keystore.set(NEXT, key);
  }

  /** From now on requests are signed with this key alone. */
  async settle(key: string): Promise<void> {
    await this.#keystore.set(CURRENT, key);
    await this.#keystore.delete(NEXT);
  }

  async forget(): Promise<void> {
    await this.#keystore.delete(CURRENT);
    await this.#keystore.delete(NEXT);
  }

  /**
   * A link under the key that the collector takes, with its first answer; `opened` hears of every link before it is
   * used, and throws to call it off. Rejects with `Refused`, of KEYCHAIN_UNAVAILABLE when there is no key.
   */
  async open(
    enrolment: SyncEnrolment,
    opened: (link: CollectorLink) => void,
  ): Promise<{ link: CollectorLink; there: DeviceHead }> {
    const [next, current] = [await this.#keystore.get(NEXT), await this.#keystore.get(CURRENT)];
    let refused = new Refused('KEYCHAIN_UNAVAILABLE', `${CURRENT} is missing`);
    for (const key of [next, current]) {
      if (key === null) continue;
      const link = this.#links.open(enrolment, key);
      opened(link);
      try {
        const there = readAnswer(await link.head());
        if (next !== null) await this.settle(key);
        return { link, there };
      } catch (error) {
        if (!(error instanceof Refused) || error.refusal.code !== 'SIGNATURE_REFUSED') throw error;
        refused = error;
      }
    }
    throw refused;
  }
}
