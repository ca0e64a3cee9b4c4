import {
  type Bound,
  clientKey,
  maskedKey,
  type PasscodeChallenge,
  type PasscodeProof,
  type ProofHashes,
} from '../../contract/passcodeProof.ts';
import { Refused } from '../../contract/refusal.ts';
import type { Clock } from '../clock.ts';
import { inTurn } from '../inTurn.ts';
import { Newest } from '../newest.ts';
import { PASSCODE_ACCOUNT, PasscodeStore, type PasscodeStoreDeps } from './passcodeStore.ts';
import type { Passcode } from './ports.ts';

/** SECURITY.md rule 3. */
const SHORTEST = 8;
const FREE_FAILURES = 5;
const FIRST_DELAY_MS = 30_000;
const LONGEST_DELAY_MS = 3_600_000;
/** Challenges that wait for their proof. */
const KEPT = 100;

export interface PasscodeDeps extends PasscodeStoreDeps {
  readonly clock: Clock;
  readonly hashes: ProofHashes;
}

/**
 * The person's passcode: what its proofs are checked with (`contract/passcodeProof.ts`) and the failure count in one MAC'd
 * value of the keystore (account `passcode`), with a witness file beside it. What was changed, removed or put back from
 * outside makes it `void` until a new one is set.
 */
export async function openPasscode(deps: PasscodeDeps): Promise<Passcode> {
  const store = await PasscodeStore.open(deps);
  return new KeptPasscode(deps, store);
}

/** Whether it is too short. Characters are counted as a person would, not as UTF-16 does. */
export function isWeak(passcode: string): boolean {
  return [...passcode.normalize('NFC')].length < SHORTEST;
}

/** Throws `Refused('PASSCODE_WEAK')`. */
export function checkStrength(passcode: string): void {
  if (isWeak(passcode)) throw new Refused('PASSCODE_WEAK');
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
  /** The nonce that waits for its proof, by ask: the newest one only. */
  readonly #issued = new Newest<string, string>(KEPT);
  /** One at a time, or guesses side by side would be counted as one. */
  readonly #inTurn = inTurn();

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
    await this.#inTurn(() => this.#write(passcode));
  }

  async choose(passcode: string): Promise<void> {
    checkStrength(passcode);
    await this.#inTurn(async () => {
      if (this.#store.standing !== 'missing') throw new Refused('ASK_CHANGED', 'a passcode was set meanwhile');
      await this.#write(passcode);
    });
  }

  async #write(passcode: string): Promise<void> {
    const { crypto, clock, vault, hashes } = this.#deps;
    const salt = crypto.random();
    const stored = hashes.toBase64(hashes.sha256(await clientKey(hashes, passcode, salt)));
    const fresh = { salt, stored, failures: 0, until: clock.now() };
    await this.#store.write(fresh, vault && ((text) => vault.reseal(passcode, PASSCODE_ACCOUNT, text)));
    this.#lockedUntil = clock.monotonic();
  }

  challenge(ask: string): PasscodeChallenge {
    const { current } = this.#store;
    if (current === undefined) throw this.#missing();
    const nonce = this.#deps.crypto.random();
    this.#issued.set(ask, nonce);
    return { salt: current.salt, nonce };
  }

  async prove({ nonce, proof }: PasscodeProof, bound: Bound): Promise<void> {
    const expected = this.#issued.get(bound.id);
    this.#issued.delete(bound.id);
    await this.#inTurn(async () => {
      const { clock } = this.#deps;
      const current = await this.#store.reread();
      if (current === undefined) throw this.#missing();
      // What answers no challenge of ours is not looked at, and so tells nothing.
      if (nonce !== expected) throw new Refused('PASSCODE_WRONG', 'it was proved for another ask, or twice');
      if (this.#isLocked()) throw new Refused('PASSCODE_LOCKED', `until ${this.#lockEnd()}`);

      // Counted before it is checked: ending the process in between must not give a guess for nothing.
      const failures = current.failures + 1;
      const delay = lockDelay(failures);
      await this.#store.write({ ...current, failures, until: clock.later(delay) });
      this.#lockedUntil = clock.monotonic() + delay;

      if (!this.#holds(current.stored, proof, nonce, bound)) {
        const left = FREE_FAILURES - failures;
        const next = delay > 0 ? `locked until ${this.#lockEnd()}` : `${left} more before it locks`;
        throw new Refused('PASSCODE_WRONG', next);
      }
      await this.#store.write({ ...current, failures: 0, until: clock.now() });
      this.#lockedUntil = clock.monotonic();
    });
  }

  /** RFC 5802: the key that the proof gives must be the one of which the hash is stored. */
  #holds(stored: string, proof: string, nonce: string, bound: Bound): boolean {
    const { hashes, crypto } = this.#deps;
    const known = hashes.fromBase64(stored);
    return crypto.equal(hashes.sha256(maskedKey(hashes, known, hashes.fromBase64(proof), nonce, bound)), known);
  }

  #missing(): Refused {
    const changed = this.#store.standing === 'void';
    return new Refused('PASSCODE_MISSING', changed ? 'it was changed from outside and no longer counts' : undefined);
  }

  #isLocked(): boolean {
    return this.#deps.clock.monotonic() < this.#lockedUntil;
  }

  #lockEnd(): string {
    const { clock } = this.#deps;
    return clock.later(Math.max(0, this.#lockedUntil - clock.monotonic()));
  }
}
