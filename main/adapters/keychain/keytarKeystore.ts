/** The operating system's keychain through keytar: Keychain, Credential Manager, Secret Service. */
import { randomUUID } from 'node:crypto';
import { Refused } from '../../contract/refusal.ts';
import type { KeystoreState } from '../../contract/secret.ts';
import type { Keystore, NoKeychain } from '../../services/vault/ports.ts';
import { secretServiceState } from './secretService.ts';

type Keytar = typeof import('keytar');

/** For everything that is found out before the daemon starts to use it. */
const PROBE_MS = 3000;
/** For one access later on, in which a person may have to unlock something. */
const ACCESS_MS = 30_000;
const PROBE_ACCOUNT = 'probe';

/**
 * The keychain's items under `service`, after a value was stored, read back and deleted; otherwise why there is none,
 * within about 3 s (on macOS and Windows as long as a person takes to answer their system's own question).
 * On Linux the bus is asked first, in plain JavaScript: libsecret itself would raise an unlock prompt and wait for it.
 */
export async function keytarKeystore(service: string): Promise<Keystore | NoKeychain> {
  let backend = process.platform === 'darwin' ? 'Keychain' : 'Credential Manager';
  if (process.platform !== 'darwin' && process.platform !== 'win32') {
    const state = await secretServiceState(process.env, PROBE_MS);
    if ('absent' in state) return state;
    backend = `Secret Service (${state.backend})`;
  }

  let keytar: Keytar;
  try {
    const module = await import('keytar');
    keytar = 'default' in module ? (module.default as Keytar) : module;
  } catch {
    return { absent: 'The keychain library could not be loaded. On Debian it is libsecret-1-0.', locked: false };
  }

  const probing = process.platform === 'linux' ? PROBE_MS : ACCESS_MS;
  const keystore = new KeytarKeystore(keytar, service, backend, probing);
  try {
    const value = randomUUID();
    await keystore.set(PROBE_ACCOUNT, value);
    const back = await keystore.get(PROBE_ACCOUNT);
    await keystore.delete(PROBE_ACCOUNT);
    if (back !== value) return { absent: `${backend} took a value and did not give it back.`, locked: false };
  } catch (error) {
    return { absent: `${backend} refused a test value: ${(error as Error).message}`, locked: false };
  }
  keystore.patience = ACCESS_MS;
  return keystore;
}

/**
 * keytar answers from a thread of Node's pool and cannot be cancelled. Accesses go one at a time, and while one hangs
 * all others are refused: otherwise a locked keychain would take the whole pool, and with it every file access.
 */
class KeytarKeystore implements Keystore {
  readonly #keytar: Keytar;
  readonly #service: string;
  readonly #backend: string;
  patience: number;
  #turn: Promise<unknown> = Promise.resolve();
  #hanging = false;

  constructor(keytar: Keytar, service: string, backend: string, patience: number) {
    this.#keytar = keytar;
    this.#service = service;
    this.#backend = backend;
    this.patience = patience;
  }

  get(account: string): Promise<string | null> {
    return this.#access(() => this.#keytar.getPassword(this.#service, account));
  }

  set(account: string, value: string): Promise<void> {
    return this.#access(() => this.#keytar.setPassword(this.#service, account, value));
  }

  delete(account: string): Promise<boolean> {
    return this.#access(() => this.#keytar.deletePassword(this.#service, account));
  }

  async list(): Promise<string[]> {
    const found = await this.#access(() => this.#keytar.findCredentials(this.#service));
    return found.map(({ account }) => account);
  }

  state(): KeystoreState {
    return this.#hanging
      ? { kind: 'keychain', state: 'locked', detail: `${this.#backend} does not answer: it may wait to be unlocked.` }
      : { kind: 'keychain', state: 'ready', detail: this.#backend };
  }

  #access<T>(task: () => Promise<T>): Promise<T> {
    if (this.#hanging) return Promise.reject(this.#silent());
    const mine = this.#turn.then(() => {
      if (this.#hanging) throw this.#silent();
      return this.#patiently(task());
    });
    this.#turn = mine.catch(() => {});
    return mine;
  }

  async #patiently<T>(access: Promise<T>): Promise<T> {
    const { promise: impatience, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(() => {
      this.#hanging = true;
      reject(this.#silent());
    }, this.patience);
    const settled = () => {
      clearTimeout(timer);
      this.#hanging = false;
    };
    access.then(settled, settled);
    try {
      return await Promise.race([access, impatience]);
    } catch (error) {
      throw error instanceof Refused ? error : new Refused('KEYCHAIN_UNAVAILABLE', (error as Error).message);
    }
  }

  #silent(): Refused {
    return new Refused('KEYCHAIN_UNAVAILABLE', `${this.#backend} does not answer`);
  }
}
