/** One set of policies in force: immutable, swapped whole, with its own memo. */
import type { Verdict } from '../../contract/verdict.ts';
import { deriveVerdict } from '../../core/policy/derive.ts';
import type { Reads } from '../../core/policy/reads.ts';
import { inScope, readsOf } from '../../core/policy/reads.ts';
import { cedarRequest, memoKey } from '../../core/policy/request.ts';
import { VerdictMemo } from './memo.ts';
import type { Cedar, LoadedPolicies, Policy, PolicyQuestion } from './ports.ts';

const MAX_SCOPES = 10_000;

/** The policies whose scope can match one resource: the others neither decide nor err, and only cost time. */
interface Scope {
  readonly policies: readonly Policy[];
  readonly loaded: LoadedPolicies;
  readonly reads: Reads;
}

export class Ruleset {
  readonly #cedar: Cedar;
  readonly #policies: readonly Policy[];
  readonly #memo = new VerdictMemo();
  readonly #scopes = new Map<string, Scope>();
  /** Most resources share a scope. */
  readonly #loaded = new Map<string, LoadedPolicies>();

  /** `policies` in order of precedence. Throws when Cedar does not take them. */
  constructor(cedar: Cedar, policies: readonly Policy[]) {
    this.#cedar = cedar;
    this.#policies = policies;
    this.#load(policies.map((_, number) => number));
  }

  /** Throws when Cedar does not take the question. */
  decide(question: PolicyQuestion): Verdict {
    const { policies, loaded, reads } = this.#scopeOf(question);
    return this.#memo.take(memoKey(question, reads), () =>
      deriveVerdict(policies, (approvals) => loaded.evaluate(cedarRequest(question, approvals, reads))),
    );
  }

  /** Lets go of what Cedar keeps; a question that still comes loads it again. */
  close(): void {
    for (const loaded of this.#loaded.values()) loaded.close();
    this.#loaded.clear();
    this.#scopes.clear();
  }

  #scopeOf({ action = 'call', server, tool }: PolicyQuestion): Scope {
    const key = JSON.stringify([action, server, tool]);
    const known = this.#scopes.get(key);
    if (known !== undefined) return known;
    if (this.#scopes.size >= MAX_SCOPES) this.close();
    const numbers = [...this.#policies.keys()].filter((number) => {
      const policy = this.#policies[number];
      return policy !== undefined && inScope(policy, action, server, tool);
    });
    const policies = this.#at(numbers);
    const scope = { policies, loaded: this.#load(numbers), reads: readsOf(policies) };
    this.#scopes.set(key, scope);
    return scope;
  }

  #load(numbers: readonly number[]): LoadedPolicies {
    const key = numbers.join();
    const known = this.#loaded.get(key);
    if (known !== undefined) return known;
    const loaded = this.#cedar.load(this.#at(numbers));
    this.#loaded.set(key, loaded);
    return loaded;
  }

  #at(numbers: readonly number[]): Policy[] {
    return numbers.flatMap((number) => this.#policies[number] ?? []);
  }
}
