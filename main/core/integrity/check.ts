/** One thing to look for in the strings of a definition. */
export interface Check {
  readonly id: string;
  /** Goes on after “This text”. */
  readonly message: string;
  /** Every repetition that can meet itself again has a bound, so that a hostile text cannot make it slow. */
  readonly pattern: RegExp;
}
