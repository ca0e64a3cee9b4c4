/** Verdicts kept while the policies they came from are in force. */
import type { Verdict } from '../../contract/verdict.ts';

const MAX_VERDICTS = 10_000;
/** A longer key (long arguments that a policy reads) would cost more memory than asking Cedar again. */
const MAX_KEY = 2_000;

export class VerdictMemo {
  readonly #verdicts = new Map<string, Verdict>();

  /** The verdict kept under this key, or the one `decide` gives now. Errors are not kept. */
  take(key: string, decide: () => Verdict): Verdict {
    const known = this.#verdicts.get(key);
    if (known !== undefined) return known;
    const verdict = decide();
    if (key.length <= MAX_KEY && verdict.code !== 'POLICY_ERROR') {
      if (this.#verdicts.size >= MAX_VERDICTS) this.#verdicts.clear();
      this.#verdicts.set(key, verdict);
    }
    return verdict;
  }
}
