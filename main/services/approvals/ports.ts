/** Asking a person. */
import type { AskSubject, AskView } from '../../contract/ask.ts';
import type { GrantChoice } from '../../contract/grant.ts';

/** How a person decided. */
export interface Answer {
  readonly approved: boolean;
  readonly state: 'approved' | 'denied' | 'timed-out' | 'withdrawn';
  /** The account's name; null for time-out and withdrawal. */
  readonly person: string | null;
  readonly via: 'window' | 'terminal' | 'browser' | 'control' | null;
  readonly note: string | null;
  /** From shown, or from asked when it was never shown, to answered. */
  readonly tookMs: number;
  /** What was typed for a `secret` or `passcode` ask. */
  readonly value?: string;
  /** What a yes to a call was widened to; one of what was on offer. */
  readonly grant?: GrantChoice;
}

export interface AskOptions {
  /** Null waits for ever. */
  readonly deadlineMs: number | null;
  /** Withdraws the ask. */
  readonly signal?: AbortSignal;
  /** The call's id, for calls. */
  readonly call?: string;
  /** What the yes brings about. Runs once, after the yes is on record and before the ask ends; when it throws, the ask ends withdrawn. */
  readonly effect?: (answer: Answer) => Promise<void>;
}

export interface Approvals {
  /** Records `asked`, then shows it; resolves with the answer, never rejects. */
  ask(subject: AskSubject, options: AskOptions): { view: AskView; answer: Promise<Answer> };
  list(open: boolean): AskView[];
  get(id: string): AskView | undefined;
  wait(id: string): Promise<AskView>;
  onChange(listener: (id: string) => void): () => void;
}
