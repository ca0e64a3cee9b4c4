/** What is known of a call's arguments, for policies and for the prompt. */
export interface CallFacts {
  /** JSON pointer → text of every string, number and boolean leaf; Cedar sees these as entity tags. */
  readonly leaves: ReadonlyMap<string, string>;
  /** True when the arguments could not all be turned into leaves (null, fractions and the like are left out as they cannot be said in Cedar). */
  readonly bytes: number;
}
