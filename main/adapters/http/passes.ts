import { createHash, randomBytes } from 'node:crypto';

/** Which page a pass opens. */
export type Page = 'app' | 'approval';

/** Milliseconds for which a link works. */
const LINK_LIFE_MS = 60_000;
/** Tokens and unspent codes kept; the oldest of each goes first. */
const KEPT = 64;

const secret = () => randomBytes(32).toString('base64url');
/** Secrets are kept and looked up as hashes, so that the time of a lookup tells nothing of them. */
const hashed = (text: string) => createHash('sha256').update(text).digest('base64url');

/** One-time codes and the session tokens they turn into: in memory only, 32 random bytes each. */
export class Passes {
  readonly #monotonic: () => number;
  readonly #codes = new Map<string, { page: Page; until: number }>();
  readonly #tokens = new Map<string, Page>();

  /** `monotonic` gives milliseconds of a clock that does not jump. */
  constructor(monotonic: () => number) {
    this.#monotonic = monotonic;
  }

  /** A code that works once, within a minute. */
  issue(page: Page): string {
    const code = secret();
    remember(this.#codes, hashed(code), { page, until: this.#monotonic() + LINK_LIFE_MS });
    return code;
  }

  /** The token for a code, and the code's end; null when it is unknown, used or too old. */
  redeem(code: string): { token: string; page: Page } | null {
    const key = hashed(code);
    const found = this.#codes.get(key);
    this.#codes.delete(key);
    if (found === undefined || this.#monotonic() >= found.until) return null;
    const token = secret();
    remember(this.#tokens, hashed(token), found.page);
    return { token, page: found.page };
  }

  /** The page a token belongs to; null when it is none of ours. */
  pageOf(token: string): Page | null {
    return this.#tokens.get(hashed(token)) ?? null;
  }
}

function remember<Value>(map: Map<string, Value>, key: string, value: Value) {
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > KEPT && oldest !== undefined) map.delete(oldest);
}
