/** Kill switches as the way of a call sees them. */
import type { Refusal } from '../../contract/errors.ts';

/** Who wants to do what; `tool` is null for what is no tool call. */
export interface Switched {
  readonly session: string;
  /** The client program, as the operating system reports it. */
  readonly program: string | null;
  readonly server: string;
  readonly tool: string | null;
}

export interface Switches {
  /** The refusal when any switch covers this; null when none does. Looked at after every verdict, never remembered. */
  stops(what: Switched): Refusal | null;
}
