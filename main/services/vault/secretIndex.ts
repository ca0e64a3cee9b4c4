import type { Keystore } from './ports.ts';

const INDEX = 'secret-index';
const PREFIX = 'secret/';

export const secretAccount = (name: string) => `${PREFIX}${name}`;

/** What is known of a secret beside its value. */
export interface SecretFacts {
  readonly setAt: string;
  readonly lastUsedAt: string | null;
  /** Keyed digest of the value, so that the same value under another name shows; absent until the value was seen. */
  readonly digest?: string | undefined;
}

/**
 * The facts about secrets, in the keystore beside their values. The accounts say what there is and the index only adds to
 * it: facts without consequence, so an index that cannot be read is an empty one.
 */
export class SecretIndex {
  readonly #keystore: Keystore;
  readonly #facts = new Map<string, SecretFacts>();

  private constructor(keystore: Keystore) {
    this.#keystore = keystore;
  }

  /** `helpers` are the names without an account of their own. */
  static async open(keystore: Keystore, helpers: readonly string[], now: string): Promise<SecretIndex> {
    const index = new SecretIndex(keystore);
    const kept = parsed(await keystore.get(INDEX));
    const stored = (await keystore.list()).flatMap((one) => (one.startsWith(PREFIX) ? one.slice(PREFIX.length) : []));
    for (const name of [...stored, ...helpers]) {
      index.#facts.set(name, kept[name] ?? { setAt: now, lastUsedAt: null });
    }
    return index;
  }

  names(): string[] {
    return [...this.#facts.keys()].sort();
  }

  get(name: string): SecretFacts | undefined {
    return this.#facts.get(name);
  }

  async keep(changes: Iterable<readonly [string, SecretFacts]>): Promise<void> {
    for (const [name, facts] of changes) this.#facts.set(name, facts);
    await this.#write();
  }

  async forget(name: string): Promise<void> {
    this.#facts.delete(name);
    await this.#write();
  }

  async #write(): Promise<void> {
    await this.#keystore.set(INDEX, JSON.stringify(Object.fromEntries(this.#facts)));
  }
}

function parsed(text: string | null): Record<string, SecretFacts> {
  try {
    return Object.assign(Object.create(null), JSON.parse(text ?? '{}'));
  } catch {
    return {};
  }
}
