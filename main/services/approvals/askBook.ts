import type { AskView, CallSubject } from '../../contract/ask.ts';
import { Refused } from '../../contract/errors.ts';
import { Newest } from '../newest.ts';
import type { HalfApprovals } from './halfApprovals.ts';
import { callKey } from './lateApprovals.ts';
import type { Answer, AskOptions } from './ports.ts';

/** Asks that are over and stay listed. */
const KEPT = 200;

/** An ask that somebody here can answer now. */
export interface OpenAsk {
  view: AskView;
  readonly askedAt: number;
  readonly call: string | undefined;
  readonly effect: AskOptions['effect'];
  /** A yes is taking effect: nothing else can answer. */
  answering: boolean;
  shownAt: number | null;
  settle(answer: Answer): void;
  stop(): void;
}

/** Every ask of this daemon by its id, open or over, and who wants to hear when one comes or moves on. */
export class AskBook {
  readonly #open = new Map<string, OpenAsk>();
  readonly #halves: Pick<HalfApprovals, 'list' | 'get'>;
  readonly #closed = new Newest<string, AskView>(KEPT);
  readonly #listeners = new Set<(id: string) => void>();

  constructor(halves: Pick<HalfApprovals, 'list' | 'get'>) {
    this.#halves = halves;
  }

  add(ask: OpenAsk): void {
    this.#open.set(ask.view.id, ask);
    this.#changed(ask.view.id);
  }

  /** A yes to it takes more by now. */
  needsProof(ask: OpenAsk, because: string): void {
    ask.view = { ...ask.view, because };
    this.#changed(ask.view.id);
  }

  /** It is no longer open here, and not over. */
  leaves(id: string): void {
    this.#open.delete(id);
    this.#changed(id);
  }

  /** It is over, and this is what became of it. */
  over(view: AskView): void {
    this.#open.delete(view.id);
    this.#closed.set(view.id, view);
    this.#changed(view.id);
  }

  /** Those that somebody here can answer now; or all, with those that wait for a second person and those that ended. */
  list(open: boolean): AskView[] {
    const now = [...this.#open.values()].map((entry) => entry.view);
    return open ? now : [...now, ...this.#halves.list(), ...[...this.#closed.values()].reverse()];
  }

  get(id: string): AskView | undefined {
    return this.#open.get(id)?.view ?? this.#halves.get(id) ?? this.#closed.get(id);
  }

  open(id: string): OpenAsk | undefined {
    return this.#open.get(id);
  }

  /** The open ask, to be answered. Throws `Refused('ASK_GONE')`. */
  need(id: string): OpenAsk {
    const open = this.#open.get(id);
    if (!open || open.answering) throw new Refused('ASK_GONE', id);
    return open;
  }

  /** The open asks about calls. */
  calls(): OpenAsk[] {
    return [...this.#open.values()].filter(({ view }) => view.subject.kind === 'call');
  }

  /** Those of one session. */
  ofSession(session: string): OpenAsk[] {
    return this.calls().filter(({ view: { subject } }) => subject.kind === 'call' && subject.session === session);
  }

  /** One that asks about exactly this call. */
  sameCall(call: CallSubject): OpenAsk | undefined {
    const key = callKey(call);
    return this.calls().find(({ view: { subject } }) => subject.kind === 'call' && callKey(subject) === key);
  }

  async wait(id: string): Promise<AskView> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const over = () => !this.#open.has(id) && !this.#halves.get(id);
    const stop = this.onChange((changed) => changed === id && over() && resolve());
    if (!over()) await promise;
    stop();
    const view = this.#closed.get(id);
    if (!view) throw new Refused('ASK_GONE', id);
    return view;
  }

  onChange(listener: (id: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #changed(id: string): void {
    for (const listener of [...this.#listeners]) listener(id);
  }
}
