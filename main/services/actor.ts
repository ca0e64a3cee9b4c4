import type { Via } from '../contract/record.ts';

/** Who did something and by which way, as its record says it. Whoever edits a file does not say who they are. */
export interface Actor {
  readonly person?: string;
  readonly via: Via;
  /** The question that was answered with yes: it joins the record to that of the question and of its answer. */
  readonly ask?: string;
}

/** An actor whose name is known. */
export interface KnownActor extends Actor {
  readonly person: string;
}
