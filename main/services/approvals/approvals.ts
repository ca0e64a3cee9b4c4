import type { AskAnswer, AskSubject, AskView } from '../../contract/ask.ts';
import { Refused } from '../../contract/errors.ts';
import type { Approver, SecondAnswer } from '../../contract/second.ts';
import { appendIfPossible } from '../audit/appendIfPossible.ts';
import type { AuditWriter } from '../audit/ports.ts';
import type { Clock, NewId } from '../clock.ts';
import { Newest } from '../newest.ts';
import { answerRecord } from './answerRecord.ts';
import { askedAbout } from './askedAbout.ts';
import { askHash, type Hash } from './askHash.ts';
import { askRecord } from './askRecord.ts';
import { checkYes } from './checkYes.ts';
import { FloodGuard } from './flood.ts';
import { HalfApprovals } from './halfApprovals.ts';
import { LateApprovals } from './lateApprovals.ts';
import type { Answer, Approvals, AskOptions, Proof } from './ports.ts';

/** A prompt cannot be answered with yes in its first moments (SECURITY.md, prompt rule 7). */
const DEAD_TIME_MS = 500;
/** Answered asks that stay listed. */
const KEPT = 200;

export interface ApprovalsDeps {
  readonly audit: AuditWriter;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly hash: Hash;
  /** The policy in force: an answer to a question asked under another policy does not count. */
  readonly policyVersion: () => string;
  /** The account that answers on this machine. */
  readonly person: string;
  /** Why a yes to this needs a proof of the person on this machine, in a sentence; null when it needs none. */
  readonly proofNeeded: (subject: AskSubject) => string | null;
}

/** The way an answer came, and what proves that it may approve. */
export interface Channel {
  readonly via: 'window' | 'terminal' | 'browser' | 'control';
  /**
   * What the answer proved; null when nothing had to be. Throws `Refused` when the channel may not approve or its proof for
   * this ask does not hold.
   */
  prove(answer: AskAnswer, ask: AskView): Promise<Proof | null>;
}

interface Open {
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

/** The asks of this daemon: each has an unguessable id, a deadline and a hash; every end but one is a denial. */
export class AskDesk implements Approvals {
  readonly late: LateApprovals;
  readonly #deps: ApprovalsDeps;
  readonly #open = new Map<string, Open>();
  readonly #halves: HalfApprovals;
  readonly #closed = new Newest<string, AskView>(KEPT);
  readonly #listeners = new Set<(id: string) => void>();
  readonly #flood: FloodGuard;

  constructor(deps: ApprovalsDeps) {
    this.#deps = deps;
    this.late = new LateApprovals(deps.clock);
    this.#flood = new FloodGuard(deps.clock);
    this.#halves = new HalfApprovals({ ...deps, late: this.late, ended: (view) => this.#ended(view) });
  }

  /**
   * Records `asked` first; throws `Refused('AUDIT_UNAVAILABLE')` when that fails, `ASKS_THROTTLED` when the session
   * asks too much, and `SECOND_PENDING` when one person has allowed this very call already; then nobody is asked.
   */
  ask(subject: AskSubject, options: AskOptions): { view: AskView; answer: Promise<Answer> } {
    const { audit, clock, newId, hash, policyVersion } = this.#deps;
    if (subject.kind === 'call' && this.#halves.covers(subject)) throw new Refused('SECOND_PENDING');
    if (subject.kind === 'call') this.#flood.admit(subject.session, this.#ofSession(subject.session).length, this.#open.size);
    const id = newId();
    const view: AskView = {
      id,
      hash: askHash(hash, id, subject, policyVersion()),
      subject,
      state: 'open',
      askedAt: clock.now(),
      deadline: options.deadlineMs === null ? null : clock.later(options.deadlineMs),
      answeredAt: null,
      by: null,
      note: null,
      approvals: options.approvals ?? 1,
      first: null,
      via: options.by?.via ?? null,
      because: this.#deps.proofNeeded(subject),
    };
    const asked = askRecord(view, { type: 'asked', event: subject.kind }, options.call);
    audit.append({ ...asked, ...options.by }, askedAbout(subject));
    const { promise, resolve } = Promise.withResolvers<Answer>();
    const cancelTimer =
      options.deadlineMs === null ? () => {} : clock.after(options.deadlineMs, () => this.#expire(id, 'timed-out'));
    const withdraw = () => this.#expire(id, 'withdrawn');
    options.signal?.addEventListener('abort', withdraw, { once: true });
    this.#open.set(id, {
      view,
      askedAt: clock.monotonic(),
      call: options.call,
      effect: options.effect,
      answering: false,
      shownAt: null,
      settle: resolve,
      stop: () => {
        cancelTimer();
        options.signal?.removeEventListener('abort', withdraw);
      },
    });
    this.#changed(id);
    if (options.signal?.aborted) withdraw();
    return { view, answer: promise };
  }

  /** The approval window says that a person can see it now: the dead time starts. */
  shown(id: string): void {
    const open = this.#need(id);
    open.shownAt = this.#deps.clock.monotonic();
  }

  /** Answers an open ask, or allows the retry of one that timed out. Throws `Refused`; a refused answer changes nothing. */
  async answer(answer: AskAnswer, channel: Channel): Promise<AskView> {
    if (!answer.approve) return this.deny(answer.id, answer.note ?? null, channel.via);
    const asked = this.#check(answer, channel);
    const proof = await channel.prove(answer, asked);
    // Proving takes a while: the ask may have ended, or the policy may have changed, in between.
    const missed = this.#check(answer, channel);
    if (missed.state !== 'open') return this.#approveLate(missed, channel.via, proof);
    return this.#approve(this.#need(answer.id), answer, channel.via, proof);
  }

  /** The yes of a second person: see `HalfApprovals.complete`. */
  second(answer: SecondAnswer, by: Approver): AskView {
    return this.#halves.complete(answer, by);
  }

  deny(id: string, note: string | null, via: Channel['via']): AskView {
    return this.#halves.end(id, 'denied', via, note) ?? this.#end(this.#need(id), 'denied', via, note);
  }

  /** Denies every open call of a session, and counts them. */
  denyAll(session: string, note: string | null, via: Channel['via']): number {
    const waiting = this.#ofSession(session).filter((entry) => !entry.answering);
    for (const entry of waiting) this.#end(entry, 'denied', via, note);
    return waiting.length;
  }

  /** Nobody can answer any more: every open ask ends denied. */
  withdrawAll(): void {
    for (const { id } of [...this.list(true), ...this.#halves.list()]) this.#expire(id, 'withdrawn');
  }

  /** Those that somebody here can answer now; or all, with those that wait for a second person and those that ended. */
  list(open: boolean): AskView[] {
    const now = [...this.#open.values()].map((entry) => entry.view);
    return open ? now : [...now, ...this.#halves.list(), ...[...this.#closed.values()].reverse()];
  }

  get(id: string): AskView | undefined {
    return this.#open.get(id)?.view ?? this.#halves.get(id) ?? this.#closed.get(id);
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

  /** Checks a yes against what is asked now; gives the ask, which is open, or timed out and may be allowed late. */
  #check(answer: AskAnswer, channel: Channel): AskView {
    const { hash, policyVersion, clock } = this.#deps;
    const open = this.#open.get(answer.id);
    if (open?.answering) throw new Refused('ASK_GONE', answer.id);
    const closed = this.#closed.get(answer.id);
    const view = open?.view ?? (closed?.state === 'timed-out' && closed.subject.kind === 'call' ? closed : undefined);
    if (!view) throw new Refused('ASK_GONE', answer.id);
    const now = askHash(hash, view.id, view.subject, policyVersion());
    if (answer.hash !== view.hash || now !== view.hash) throw new Refused('ASK_CHANGED');
    if (channel.via === 'window' && open) {
      const seenFor = open.shownAt === null ? 0 : clock.monotonic() - open.shownAt;
      if (seenFor < DEAD_TIME_MS) throw new Refused('ASK_TOO_EARLY');
    }
    checkYes(view.subject, answer, channel.via);
    // One that was missed offers no more than what was asked.
    if (answer.grant && !open) throw new Refused('INPUT_INVALID', 'this grant is not on offer');
    return view;
  }

  async #approve(entry: Open, answer: AskAnswer, via: Channel['via'], proof: Proof | null): Promise<AskView> {
    const given = { ...this.#answerOf(entry, 'approved', via, answer.note ?? null, answer), ...(proof && { proof }) };
    if (entry.view.approvals === 2) return this.#half(entry.view, given, entry);
    // A yes that cannot be recorded is not a yes: this throws, and the ask stays open until its deadline.
    this.#deps.audit.append(answerRecord(entry.view, given.state, given, entry.call));
    entry.answering = true;
    try {
      await entry.effect?.(given);
    } catch (error) {
      entry.answering = false;
      const { message } = error instanceof Refused ? error : new Refused('INTERNAL');
      this.#end(entry, 'withdrawn', null, message);
      throw error;
    }
    return this.#close(entry, given);
  }

  #approveLate(missed: AskView, via: Channel['via'], proof: Proof | null): AskView {
    const { audit, clock, person } = this.#deps;
    const given = { person, via, ...(proof && { proof }) };
    if (missed.approvals === 2)
      return this.#half(missed, { ...given, approved: true, state: 'approved', note: null, tookMs: 0 }, null);
    const view: AskView = { ...missed, state: 'approved', answeredAt: clock.now(), by: person };
    audit.append(answerRecord(view, 'approved-late', given));
    if (missed.subject.kind === 'call') {
      this.late.add(missed.subject, { person });
      this.#flood.answered(missed.subject.session);
    }
    this.#ended(view);
    return view;
  }

  /** One of two people said yes: the ask leaves the prompt and waits for the other one. */
  #half(asked: AskView, first: Answer, open: Open | null): AskView {
    const view = this.#halves.begin(asked, first, open);
    this.#open.delete(view.id);
    this.#closed.delete(view.id);
    if (view.subject.kind === 'call') this.#flood.answered(view.subject.session);
    this.#changed(view.id);
    return view;
  }

  /** Ends an ask that nobody answers, unless a yes is just taking effect. */
  #expire(id: string, state: 'timed-out' | 'withdrawn'): void {
    if (state === 'withdrawn' ? this.#halves.end(id, state, null, null) : this.#halves.release(id)) return;
    const entry = this.#open.get(id);
    if (entry && !entry.answering) this.#end(entry, state, null, null);
  }

  /** Ends an ask with anything but a yes. */
  #end(entry: Open, state: 'denied' | 'timed-out' | 'withdrawn', via: Answer['via'], note: string | null): AskView {
    const given = this.#answerOf(entry, state, via, note);
    // A no counts even when the disk is full.
    appendIfPossible(this.#deps.audit, answerRecord(entry.view, state, given, entry.call));
    return this.#close(entry, given);
  }

  #answerOf(entry: Open, state: Answer['state'], via: Answer['via'], note: string | null, from?: AskAnswer): Answer {
    return {
      approved: state === 'approved',
      state,
      person: via === null ? null : this.#deps.person,
      via,
      note,
      tookMs: this.#deps.clock.monotonic() - (entry.shownAt ?? entry.askedAt),
      ...(from?.value === undefined ? {} : { value: from.value }),
      ...(from?.grant === undefined ? {} : { grant: from.grant }),
    };
  }

  #close(entry: Open, answer: Answer): AskView {
    const { id } = entry.view;
    const view: AskView = {
      ...entry.view,
      state: answer.state,
      answeredAt: this.#deps.clock.now(),
      by: answer.person,
      note: answer.note,
    };
    entry.stop();
    const { subject } = view;
    if (answer.person !== null && subject.kind === 'call') this.#flood.answered(subject.session);
    this.#open.delete(id);
    entry.settle(answer);
    this.#ended(view);
    return view;
  }

  #ended(view: AskView): void {
    this.#closed.set(view.id, view);
    this.#changed(view.id);
  }

  #ofSession(session: string): Open[] {
    const its = ({ view: { subject } }: Open) => subject.kind === 'call' && subject.session === session;
    return [...this.#open.values()].filter(its);
  }

  #need(id: string): Open {
    const open = this.#open.get(id);
    if (!open || open.answering) throw new Refused('ASK_GONE', id);
    return open;
  }

  #changed(id: string): void {
    for (const listener of [...this.#listeners]) listener(id);
  }
}
