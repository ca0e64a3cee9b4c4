/** One set of policies in force: immutable, swapped whole, with its own memo. */

import type { Settings } from '../../contract/settings.ts';
import type { Verdict } from '../../contract/verdict.ts';
import { deriveVerdict } from '../../core/policy/derive.ts';
import { familiesOf } from '../../core/policy/families.ts';
import type { Reads } from '../../core/policy/reads.ts';
import { inScope, readsOf } from '../../core/policy/reads.ts';
import { cedarRequest, memoKey } from '../../core/policy/request.ts';
import type { PolicyTime } from '../../core/policy/time.ts';
import { VerdictMemo } from './memo.ts';
import type { Cedar, LoadedPolicies, Policy, PolicyQuestion } from './ports.ts';

const MAX_SCOPES = 10_000;

/** The policies whose scope can match one resource: the others neither decide nor err, and only cost time. */
interface Scope {
  readonly policies: readonly Policy[];
  readonly loaded: LoadedPolicies;
  readonly reads: Reads;
  readonly families: readonly string[];
}

/** What a set is asked with besides the question. */
export interface RulesetSetting {
  readonly settings: Settings;
  /** A moment (RFC 3339; now when none is given) as policies see it. */
  readonly time: (at: string | undefined) => PolicyTime;
}

export class Ruleset {
  readonly #cedar: Cedar;
  readonly #policies: readonly Policy[];
  readonly #setting: RulesetSetting;
  readonly #memo = new VerdictMemo();
  readonly #scopes = new Map<string, Scope>();
  /** Most resources share a scope. */
  readonly #loaded = new Map<string, LoadedPolicies>();

  /** `policies` in order of precedence. Throws when Cedar does not take them. */
  constructor(cedar: Cedar, policies: readonly Policy[], setting: RulesetSetting) {
    this.#cedar = cedar;
    this.#setting = setting;
    this.#policies = policies;
    this.#load(policies.map((_, number) => number));
  }

  /** Throws when Cedar does not take the question. */
  decide(question: PolicyQuestion): Verdict {
    const scope = this.#scopeOf(question);
    // What depends on the time, or on a situation that is not this one, is never remembered.
    if (scope.reads.time || question.situation) return this.#ask(question, scope);
    return this.#memo.take(memoKey(question, scope.reads), () => this.#ask(question, scope));
  }

  #ask(question: PolicyQuestion, { policies, loaded, reads, families }: Scope): Verdict {
    const { settings, time } = this.#setting;
    const around = {
      situation: { ...settings, ...question.situation },
      families,
      time: reads.time ? time(question.at) : null,
    };
    return deriveVerdict(policies, (approvals) => loaded.evaluate(cedarRequest(question, approvals, reads, around)));
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
    const families = action === 'call' ? familiesOf(this.#setting.settings.families, server, tool) : [];
    const numbers = [...this.#policies.keys()].filter((number) => {
      const policy = this.#policies[number];
      return policy !== undefined && inScope(policy, { action, server, tool, families });
    });
    const policies = this.#at(numbers);
    const scope = { policies, loaded: this.#load(numbers), reads: readsOf(policies), families };
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
