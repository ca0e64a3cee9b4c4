/** Standing approvals: what the gate asks of them, and what they need of the machine. */
import type { CallSubject } from '../../contract/ask.ts';
import type { Grant, GrantChoice, GrantOffers } from '../../contract/grant.ts';
import type { ToolClass } from '../../contract/tool.ts';
import type { FactNode } from '../../core/gate/facts.ts';
import type { ArgumentShape } from '../../core/gate/grants.ts';

/** An absolute path with every link resolved, also of parents of what does not exist yet; null when that cannot be told. */
export type RealPath = (path: string) => Promise<string | null>;

/** A call as grants see it, made once by `look`. */
export interface GrantCall {
  readonly subject: CallSubject;
  readonly shape: ArgumentShape;
  /** The real paths of `shape.paths`, in their order. */
  readonly places: readonly (string | null)[];
}

/** Who answered the ask that a grant is given with. */
export interface GrantGiver {
  /** The class that the tool has by its review; what is asked about may be more by its arguments. */
  readonly reviewedAs: ToolClass;
  readonly ask: string;
  readonly person: string;
  readonly via: string;
}

/** What the way of a call needs of the grants. */
export interface Grants {
  /** Follows the links of the call's paths. */
  look(subject: CallSubject, args: FactNode | null): Promise<GrantCall>;
  /** What a yes to this call may be widened to; null when it may not be. */
  offers(call: GrantCall, rule: { approvals: number; reviewed: boolean; inputSchema: unknown }): GrantOffers | null;
  /** The grant that supplies one approval for this call now; null when a person has to be asked. */
  cover(call: GrantCall): Grant | null;
  /**
   * Counts one use, durably. Called in the same turn as the intent is recorded. Throws `Refused('ASK_GONE')` when the
   * grant has ended by then, and `Refused('AUDIT_UNAVAILABLE')`.
   */
  use(grant: string, call: string): void;
  /** Gives what was chosen. Throws `Refused('AUDIT_UNAVAILABLE')`, and then nothing is given. */
  give(call: GrantCall, choice: GrantChoice, giver: GrantGiver): void;
  /** A session is over, and with it what was good for it. */
  sessionOver(session: string): void;
}
