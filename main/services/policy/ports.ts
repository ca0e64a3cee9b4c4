/** Deciding with Cedar. */
import type { PolicyState } from '../../contract/status.ts';
import type { ToolClass } from '../../contract/tool.ts';
import type { Verdict } from '../../contract/verdict.ts';
import type { CallFacts } from '../../core/gate/facts.ts';

/** What the policy is asked about one governed message. */
export interface PolicyQuestion {
  readonly person: string;
  readonly session: string;
  readonly client: string | null;
  readonly server: string;
  readonly tool: string;
  readonly class: ToolClass;
  readonly facts: CallFacts;
}

export interface PolicyEngine {
  /** Smallest number of approvals, 0 to 2, with which the policies in force allow it; never throws: a fault is a deny with POLICY_ERROR. */
  decide(question: PolicyQuestion): Verdict;
  /** Digest of what is in force: part of what an approval binds to. */
  version(): string;
  state(): PolicyState;
  /** Puts the proposal of this digest into force. Throws `Refused('NOT_FOUND')` when it is no longer the proposal. */
  accept(digest: string, person: string, via: string): void;
}
