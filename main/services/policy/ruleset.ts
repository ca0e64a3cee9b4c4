/** One set of policies in force: immutable, swapped whole, with its own memo. */
import type { Verdict } from '../../contract/verdict.ts';
import { deriveVerdict } from '../../core/policy/derive.ts';
import type { Reads } from '../../core/policy/reads.ts';
import { inScope, readsOf } from '../../core/policy/reads.ts';
import { cedarRequest, memoKey } from '../../core/policy/request.ts';
import { VerdictMemo } from './memo.ts';
import type { Cedar, LoadedPolicies, Policy, PolicyQuestion } from './ports.ts';

const MAX_SCOPES = 10_000;

export class Ruleset {
  readonly #policies: readonly Policy[];
  readonly #loaded: LoadedPolicies;
  readonly #memo = new VerdictMemo();
  readonly #reads = new Map<string, Reads>();

  /** `policies` in order of precedence. Throws when Cedar does not take them. */
  constructor(cedar: Cedar, policies: readonly Policy[]) {
    this.#policies = policies;
    this.#loaded = cedar.load(policies);
  }

  /** Throws when Cedar does not take the question. */
  decide(question: PolicyQuestion): Verdict {
    const reads = this.#readsFor(question);
    return this.#memo.take(memoKey(question, reads), () =>
      deriveVerdict(this.#policies, (approvals) => this.#loaded.evaluate(cedarRequest(question, approvals, reads))),
    );
  }

  close(): void {
    this.#loaded.close();
  }

  /** What the policies in scope for this resource read: reading off all of them is too slow to do for each call. */
  #readsFor({ action = 'call', server, tool }: PolicyQuestion): Reads {
    const key = JSON.stringify([action, server, tool]);
    const known = this.#reads.get(key);
    if (known !== undefined) return known;
    const reads = readsOf(this.#policies.filter((policy) => inScope(policy, action, server, tool)));
    if (this.#reads.size >= MAX_SCOPES) this.#reads.clear();
    this.#reads.set(key, reads);
    return reads;
  }
}
