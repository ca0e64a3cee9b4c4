/** What one caller may ask of this collector, and how much of it at once. */
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { Refused } from '../../main/contract/refusal.ts';
import type { EnrolledDevice } from '../store/enrolments.ts';

export interface LimitOptions {
  /** Records a device may hand over in a minute. */
  readonly recordsPerMinute: number;
  /** Batches taken in at the same time: more would only wait for the database. */
  readonly atOnce: number;
}

/** Tries with a code, a token or the bootstrap token, from one address in a minute. */
const TRIES = 30;

/** Refusals say after how many seconds to come again. */
export class TooMuch extends Refused {
  readonly retryAfter: number;
  constructor(retryAfter: number, detail: string) {
    super('SLOW_DOWN', detail);
    this.retryAfter = retryAfter;
  }
}

export class Limits {
  readonly #records: RateLimiterMemory;
  readonly #tries = new RateLimiterMemory({ points: TRIES, duration: 60 });
  readonly #atOnce: number;
  #running = 0;

  constructor({ recordsPerMinute, atOnce }: LimitOptions) {
    this.#records = new RateLimiterMemory({ points: recordsPerMinute, duration: 60 });
    this.#atOnce = atOnce;
  }

  /** Counts the records of a device. Rejects with `TooMuch`. */
  async take({ tenant, device }: EnrolledDevice, records: number): Promise<void> {
    await consume(this.#records, `${tenant}/${device}`, Math.max(1, records), 'too many records from this device');
  }

  /** Counts a try to prove something by a secret. Rejects with `TooMuch`. */
  async try(address: string): Promise<void> {
    await consume(this.#tries, address, 1, 'too many tries from this address');
  }

  /** Runs heavy work unless too much of it runs already. Throws `TooMuch`. */
  async atOnce<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running >= this.#atOnce) throw new TooMuch(1, 'too many batches at once');
    this.#running += 1;
    try {
      return await work();
    } finally {
      this.#running -= 1;
    }
  }
}

async function consume(limiter: RateLimiterMemory, key: string, points: number, why: string): Promise<void> {
  try {
    await limiter.consume(key, points);
  } catch (error) {
    if (error instanceof RateLimiterRes) throw new TooMuch(Math.max(1, Math.ceil(error.msBeforeNext / 1000)), why);
    throw error;
  }
}
