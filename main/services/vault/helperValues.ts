import { Refused } from '../../contract/refusal.ts';
import { readHelperOutput } from '../../core/secrets/helperOutput.ts';
import type { Clock } from '../clock.ts';
import type { AgreedHelper, HelperDesk } from './ports.ts';

/** A credential is fetched anew this long before it ends, milliseconds: what starts with it should get to use it. */
const EARLY_MS = 60_000;

interface Cached {
  readonly value: string;
  readonly digest: string;
  readonly expiresAt: string;
}

export interface HelperValue {
  readonly value: string;
  readonly expiresAt: string | null;
}

/** Values that helper commands make, kept in memory until shortly before they end. */
export class HelperValues {
  readonly #desk: HelperDesk;
  readonly #clock: Clock;
  readonly #cached = new Map<string, Cached>();

  constructor(desk: HelperDesk, clock: Clock) {
    this.#desk = desk;
    this.#clock = clock;
  }

  /** Throws `Refused` with SECRET_HELPER_CHANGED when it is no longer what was agreed to, or SECRET_HELPER_FAILED. */
  async value(name: string, agreed: AgreedHelper): Promise<HelperValue> {
    const cached = this.#cached.get(name);
    if (cached?.digest === agreed.digest && cached.expiresAt > this.#clock.later(EARLY_MS)) return cached;
    const now = await this.#reviewed(name, agreed);
    const { failure, stdout } = await now.run();
    if (failure !== null) throw new Refused('SECRET_HELPER_FAILED', `${name}: ${agreed.launch.command} ${failure}`);
    const read = readHelperOutput(stdout);
    if (!read.ok) throw new Refused('SECRET_HELPER_FAILED', `${name}: ${agreed.launch.command}: ${read.why}`);
    const expiresAt = read.expiresAt === null ? null : read.expiresAt.replace('Z', '000Z');
    if (expiresAt !== null && expiresAt <= this.#clock.now()) {
      throw new Refused('SECRET_HELPER_FAILED', `${name}: what ${agreed.launch.command} gave has expired already`);
    }
    if (expiresAt === null) this.#cached.delete(name);
    else this.#cached.set(name, { value: read.value, digest: agreed.digest, expiresAt });
    return { value: read.value, expiresAt };
  }

  /** When the value kept now ends; null when none is. */
  expiry(name: string): string | null {
    return this.#cached.get(name)?.expiresAt ?? null;
  }

  forget(name: string): void {
    this.#cached.delete(name);
  }

  async #reviewed(name: string, agreed: AgreedHelper) {
    const now = await this.#desk.review(name, agreed.command).catch((error) => {
      throw new Refused('SECRET_HELPER_FAILED', `${name}: ${error instanceof Refused ? error.message : 'not found'}`);
    });
    if (now.digest !== agreed.digest) throw new Refused('SECRET_HELPER_CHANGED', `${name}: ${agreed.launch.command}`);
    return now;
  }
}
