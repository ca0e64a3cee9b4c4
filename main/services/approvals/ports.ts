/** Asking a person. */
import type { AskAnswer, AskSubject, AskView } from '../../contract/ask.ts';
import type { GrantChoice } from '../../contract/grant.ts';
import type { Actor } from '../actor.ts';

/** Who may ask for something that a person has to answer. */
export type Asker = Actor & { readonly via: NonNullable<AskView['via']> };

/** The passcode, or the system's own authentication. */
export type Proof = 'passcode' | 'system';

/** The way an answer came, and what proves that it may approve. */
export interface Channel {
  readonly via: 'window' | 'terminal' | 'browser' | 'control';
  /**
   * What the answer proved; null when nothing had to be. Throws `Refused` when the channel may not approve or its proof for
   * this ask does not hold.
   */
  prove(answer: AskAnswer, ask: AskView): Promise<Proof | null>;
}

/** How a person decided. */
export interface Answer {
  readonly approved: boolean;
  /** `second`: one of two people said yes in time, the other did not yet. */
  readonly state: 'approved' | 'second' | 'denied' | 'timed-out' | 'withdrawn';
  /** The account's name; null for time-out and withdrawal. */
  readonly person: string | null;
  readonly via: Channel['via'] | null;
  readonly note: string | null;
  /** How the person proved who they are; absent when nothing had to be proved. */
  readonly proof?: Proof;
  /** From shown, or from asked when it was never shown, to answered. */
  readonly tookMs: number;
  /** What was typed for a `secret` or `passcode` ask. */
  readonly value?: string;
  /** What a yes to a call was widened to; one of what was on offer. */
  readonly grant?: GrantChoice;
  /** The second of two people, with the name of the device that signed for it. */
  readonly second?: { readonly person: string; readonly device: string };
}

export interface AskOptions {
  /** Null waits for ever. */
  readonly deadlineMs: number | null;
  /** Withdraws the ask. */
  readonly signal?: AbortSignal;
  /** The call's id, for calls. */
  readonly call?: string;
  /** Who wants it, for what no client's call wants: a call says its client. */
  readonly by?: Asker;
  /** How many people have to say yes; one unless told. */
  readonly approvals?: 1 | 2;
  /** What the yes brings about. Runs once, after the yes is on record and before the ask ends; when it throws, the ask ends withdrawn. */
  readonly effect?: (answer: Answer) => Promise<void>;
}

/** Signature checks by public keys (Ed25519, SPKI DER in base64, in its one canonical encoding). */
export interface Signatures {
  /** SHA-256 of the key, lower-case hexadecimal; null when it is no such key. */
  fingerprint(key: string): string | null;
  verify(key: string, message: Uint8Array, signature: Uint8Array): boolean;
}

export interface Approvals {
  /** Records `asked`, then shows it; resolves with the answer, never rejects. */
  ask(subject: AskSubject, options: AskOptions): { view: AskView; answer: Promise<Answer> };
  list(open: boolean): AskView[];
  get(id: string): AskView | undefined;
  wait(id: string): Promise<AskView>;
  onChange(listener: (id: string) => void): () => void;
}
