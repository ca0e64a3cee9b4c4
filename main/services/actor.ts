import type { Via } from '../contract/record.ts';

/** Who did something and by which way, as its record says it. Whoever edits a file does not say who they are. */
export interface Actor {
  readonly person?: string;
  readonly via: Via;
}
