import { Refused } from '../../contract/refusal.ts';
import type { SecretInfo } from '../../contract/secret.ts';
import type { Clock } from '../clock.ts';
import type { Keystore, Secrets } from './ports.ts';

const INDEX = 'secret-index';
const account = (name: string) => `secret/${name}`;

export interface SecretsDeps {
  readonly keystore: Keystore;
  readonly clock: Clock;
  /** Names of the servers whose configuration refers to this secret. */
  readonly usedBy: (name: string) => string[];
}

type Facts = Pick<SecretInfo, 'setAt' | 'lastUsedAt'>;

/** Secrets in the keystore: values in accounts `secret/NAME`, facts about them in `secret-index`. */
export async function openSecrets(deps: SecretsDeps): Promise<Secrets> {
  const secrets = new KeptSecrets(deps);
  await secrets.load();
  return secrets;
}

class KeptSecrets implements Secrets {
  readonly #deps: SecretsDeps;
  #facts = new Map<string, Facts>();
  /** Values that were set or handed to a server since the start, replaced ones included: a server may still hold those. */
  readonly #inUse = new Set<string>();
  /** The index is one value: changes to it wait for each other. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(deps: SecretsDeps) {
    this.#deps = deps;
  }

  /** The accounts say what there is; the index only adds when. */
  async load(): Promise<void> {
    const { keystore, clock } = this.#deps;
    const index = readIndex(await keystore.get(INDEX));
    for (const name of await keystore.list()) {
      if (!name.startsWith(account(''))) continue;
      const secret = name.slice(account('').length);
      this.#facts.set(secret, index[secret] ?? { setAt: clock.now(), lastUsedAt: null });
    }
  }

  async list(): Promise<SecretInfo[]> {
    const names = [...this.#facts.keys()].sort();
    return names.map((name) => ({ name, ...(this.#facts.get(name) as Facts), usedBy: this.#deps.usedBy(name) }));
  }

  has(name: string): boolean {
    return this.#facts.has(name);
  }

  async set(name: string, value: string): Promise<void> {
    await this.#inTurn(async () => {
      const { keystore, clock } = this.#deps;
      await keystore.set(account(name), value);
      this.#inUse.add(value);
      this.#facts.set(name, { setAt: clock.now(), lastUsedAt: null });
      await this.#keepIndex();
    });
  }

  async remove(name: string): Promise<void> {
    await this.#inTurn(async () => {
      if (!(await this.#deps.keystore.delete(account(name)))) throw new Refused('NOT_FOUND', name);
      this.#facts.delete(name);
      await this.#keepIndex();
    });
  }

  async resolve(_server: string, names: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const values = new Map<string, string>();
    if (names.length === 0) return values;
    await this.#inTurn(async () => {
      const { keystore, clock } = this.#deps;
      for (const name of names) {
        const value = await keystore.get(account(name));
        if (value === null) throw new Refused('SECRET_MISSING', name);
        values.set(name, value);
      }
      for (const [name, value] of values) {
        this.#inUse.add(value);
        this.#facts.set(name, { setAt: this.#facts.get(name)?.setAt ?? clock.now(), lastUsedAt: clock.now() });
      }
      await this.#keepIndex();
    });
    return values;
  }

  values(): readonly string[] {
    return [...this.#inUse].sort((a, b) => b.length - a.length);
  }

  async #keepIndex(): Promise<void> {
    await this.#deps.keystore.set(INDEX, JSON.stringify(Object.fromEntries(this.#facts)));
  }

  async #inTurn(task: () => Promise<void>): Promise<void> {
    const mine = this.#turn.then(task);
    this.#turn = mine.catch(() => {});
    await mine;
  }
}

/** Facts without consequence: an index that cannot be read is an empty one. */
function readIndex(text: string | null): Record<string, Facts> {
  try {
    return Object.assign(Object.create(null), JSON.parse(text ?? '{}'));
  } catch {
    return {};
  }
}
