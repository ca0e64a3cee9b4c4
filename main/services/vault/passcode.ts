import { Refused } from '../../contract/refusal.ts';
import type { Clock } from '../clock.ts';
import { PASSCODE_ACCOUNT, PasscodeStore, type PasscodeStoreDeps } from './passcodeStore.ts';
import type { Passcode } from './ports.ts';

/** SECURITY.md rule 3. */
const SHORTEST = 8;
const FREE_FAILURES = 5;
const FIRST_DELAY_MS = 30_000;
const LONGEST_DELAY_MS = 3_600_000;

export interface PasscodeDeps extends PasscodeStoreDeps {
  readonly clock: Clock;
}

/**
 * The person's passcode: scrypt hash and failure count in one MAC'd value of the keystore (account `passcode`), with
 * a witness file beside it. What was changed, removed or put back from outside makes it `void` until a new one is set.
 */
export async function openPasscode(deps: PasscodeDeps): Promise<Passcode> {
  const store = await PasscodeStore.open(deps);
  return new KeptPasscode(deps, store);
}

/** Throws `Refused('PASSCODE_WEAK')`. Characters are counted as a person would, not as UTF-16 does. */
export function checkStrength(passcode: string): void {
  if ([...passcode.normalize('NFC')].length < SHORTEST) throw new Refused('PASSCODE_WEAK');
}

/** Milliseconds for which this many failures in a row lock it: none below five, then doubling up to an hour. */
export function lockDelay(failures: number): number {
  if (failures < FREE_FAILURES) return 0;
  return Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.min(failures - FREE_FAILURES, 20));
}

class KeptPasscode implements Passcode {
  readonly #deps: PasscodeDeps;
  readonly #store: PasscodeStore;
  /** On the clock that does not jump: setting the wall clock forward opens nothing while the daemon runs. */
  #lockedUntil: number;
  /** One at a time, or guesses side by side would be counted as one. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(deps: PasscodeDeps, store: PasscodeStore) {
    this.#deps = deps;
    this.#store = store;
    const { current } = store;
    const left = current === undefined ? 0 : Date.parse(current.until) - Date.parse(deps.clock.now());
    // A wall clock set back since then must not lock for longer than the failures are worth.
    const longest = current === undefined ? 0 : lockDelay(current.failures);
    this.#lockedUntil = deps.clock.monotonic() + Math.min(Math.max(left, 0), longest);
  }

  state(): ReturnType<Passcode['state']> {
    const { standing } = this.#store;
    return standing === 'set' && this.#isLocked() ? 'locked' : standing;
  }

  async set(passcode: string): Promise<void> {
    checkStrength(passcode);
    await this.#inTurn(async () => {
      const { crypto, clock, vault } = this.#deps;
      const salt = crypto.random();
      const hash = await crypto.scrypt(passcode, salt);
      const fresh = { salt, hash, failures: 0, until: clock.now() };
      await this.#store.write(fresh, vault && ((text) => vault.reseal(passcode, PASSCODE_ACCOUNT, text)));
      this.#lockedUntil = clock.monotonic();
    });
  }

  async prove(passcode: string): Promise<void> {
    await this.#inTurn(async () => {
      const { crypto, clock } = this.#deps;
      const current = await this.#store.reread();
      if (current === undefined) {
        const changed = this.#store.standing === 'void';
        throw new Refused('PASSCODE_MISSING', changed ? 'it was changed from outside and no longer counts' : undefined);
      }
      if (this.#isLocked()) throw new Refused('PASSCODE_LOCKED', `until ${this.#lockEnd()}`);

      // Counted before it is checked: ending the process in between must not give a guess for nothing.
      const failures = current.failures + 1;
      const delay = lockDelay(failures);
      await this.#store.write({ ...current, failures, until: clock.later(delay) });
      this.#lockedUntil = clock.monotonic() + delay;

      if (!crypto.equal(await crypto.scrypt(passcode, current.salt), current.hash)) {
        const left = FREE_FAILURES - failures;
        const next = delay > 0 ? `locked until ${this.#lockEnd()}` : `${left} more before it locks`;
        throw new Refused('PASSCODE_WRONG', next);
      }
      await this.#store.write({ ...current, failures: 0, until: clock.now() });
      this.#lockedUntil = clock.monotonic();
    });
  }

  #isLocked(): boolean {
    return this.#deps.clock.monotonic() < this.#lockedUntil;
  }

  #lockEnd(): string {
    const { clock } = this.#deps;
    return clock.later(Math.max(0, this.#lockedUntil - clock.monotonic()));
  }

  async #inTurn(task: () => Promise<void>): Promise<void> {
    const mine = this.#turn.then(task);
    this.#turn = mine.catch(() => {});
    await mine;
  }
}
