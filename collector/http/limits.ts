/** What one caller may ask of this collector, and how much of it at once. */
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { BATCH_BYTES, BATCH_RECORDS, type SentRecord } from '../../main/contract/collector.ts';
import { Refused } from '../../main/contract/refusal.ts';
import type { EnrolledDevice } from '../store/enrolments.ts';

export interface LimitOptions {
  /** Records a device may hand over in a minute. */
  readonly recordsPerMinute: number;
  /** Batches taken in at the same time: more would only wait for the database. */
  readonly atOnce: number;
}

/** Requests of one device in a minute, and under way at the same time: each may bring a body of the largest size. */
const REQUESTS = 3000;
const OF_A_DEVICE = 4;
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
  readonly #requests = new RateLimiterMemory({ points: REQUESTS, duration: 60 });
  readonly #atOnce: number;
  #running = 0;
  /** By device, its requests that are under way. */
  readonly #underWay = new Map<string, number>();

  constructor({ recordsPerMinute, atOnce }: LimitOptions) {
    this.#records = new RateLimiterMemory({ points: recordsPerMinute, duration: 60 });
    this.#atOnce = atOnce;
  }

  /** Counts the records of a device, long ones for as many as they take the room of. Rejects with `TooMuch`. */
  async take(device: EnrolledDevice, records: readonly SentRecord[]): Promise<void> {
    await consume(this.#records, nameOf(device), weightOf(records), 'too many records from this device');
  }

  /** Runs a request of a device, from before its body is read. Rejects with `TooMuch`. */
  async ofDevice<T>(device: EnrolledDevice, work: () => Promise<T>): Promise<T> {
    const name = nameOf(device);
    await consume(this.#requests, name, 1, 'too many requests from this device');
    const running = this.#underWay.get(name) ?? 0;
    if (running >= OF_A_DEVICE) throw new TooMuch(1, 'too many requests from this device at once');
    this.#underWay.set(name, running + 1);
    try {
      return await work();
    } finally {
      const left = (this.#underWay.get(name) ?? 1) - 1;
      if (left > 0) this.#underWay.set(name, left);
      else this.#underWay.delete(name);
    }
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

const nameOf = ({ tenant, device }: EnrolledDevice) => `${tenant}/${device}`;

/** A batch of the largest size counts for the largest number of records, however few it holds. */
function weightOf(records: readonly SentRecord[]): number {
  let length = 0;
  for (const one of records) if ('leaf' in one) length += one.leaf.length + (one.payload?.body.length ?? 0);
  const room = Math.ceil((length / BATCH_BYTES) * BATCH_RECORDS);
  return Math.max(1, records.length, Math.min(room, BATCH_RECORDS));
}

async function consume(limiter: RateLimiterMemory, key: string, points: number, why: string): Promise<void> {
  try {
    await limiter.consume(key, points);
  } catch (error) {
    if (error instanceof RateLimiterRes) throw new TooMuch(Math.max(1, Math.ceil(error.msBeforeNext / 1000)), why);
    throw error;
  }
}
