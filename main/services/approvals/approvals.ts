import type { AskAnswer, AskSubject, AskView } from '../../contract/ask.ts';
import { Refused } from '../../contract/errors.ts';
import type { Approver, SecondAnswer } from '../../contract/second.ts';
import { appendIfPossible } from '../audit/appendIfPossible.ts';
import type { AuditWriter } from '../audit/ports.ts';
import type { Clock, NewId } from '../clock.ts';
import { answerRecord } from './answerRecord.ts';
import { AskBook, type OpenAsk } from './askBook.ts';
import { askedAbout } from './askedAbout.ts';
import { askHash, type Hash } from './askHash.ts';
import { askRecord } from './askRecord.ts';
import { checkYes } from './checkYes.ts';
import { FloodGuard } from './flood.ts';
import { HalfApprovals } from './halfApprovals.ts';
import { LateApprovals } from './lateApprovals.ts';
import { shareMatter } from './matters.ts';
import type { Answer, Approvals, Asker, AskOptions, Channel, Proof } from './ports.ts';

/** A prompt cannot be answered with yes in its first moments (SECURITY.md, prompt rule 7). */
const DEAD_TIME_MS = 500;

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

/** The asks of this daemon: each has an unguessable id, a deadline and a hash; every end but one is a denial. */
export class AskDesk implements Approvals {
  readonly late: LateApprovals;
  readonly #deps: ApprovalsDeps;
  readonly #halves: HalfApprovals;
  readonly #book: AskBook;
  readonly #flood: FloodGuard;

  constructor(deps: ApprovalsDeps) {
    this.#deps = deps;
    this.late = new LateApprovals(deps.clock, deps.policyVersion);
    this.#flood = new FloodGuard(deps.clock);
    this.#halves = new HalfApprovals({ ...deps, late: this.late, ended: (view) => this.#book.over(view) });
    this.#book = new AskBook(this.#halves);
  }

  /**
   * Records `asked` first; throws `Refused('AUDIT_UNAVAILABLE')` when that fails, `ASKS_THROTTLED` when the session, or
   * all of them together, ask too much, and `SECOND_PENDING` when one person has allowed this very call already; then
   * nobody is asked.
   */
  ask(subject: AskSubject, options: AskOptions): { view: AskView; answer: Promise<Answer> } {
    if (subject.kind === 'call') {
      if (this.#halves.covers(subject)) throw new Refused('SECOND_PENDING');
      this.#flood.admit(subject.session, this.#book.ofSession(subject.session).length, this.#book.calls().length);
    }
    return this.#raise(subject, options);
  }

  /**
   * Asks once more about a call that nobody answered in time: a yes lets its retry through. One that is being asked about
   * again already stays the one question. Throws `Refused`: ASK_GONE when there is no such call, or its session is over,
   * and as `ask` does.
   */
  again(id: string, by: Asker): AskView {
    const missed = this.#book.get(id);
    if (missed?.state !== 'timed-out' || missed.subject.kind !== 'call') throw new Refused('ASK_GONE', id);
    const { offers: _, ...subject } = missed.subject;
    if (this.late.isOver(subject.session)) throw new Refused('ASK_GONE', 'the session that asked is over');
    if (this.#halves.covers(subject)) throw new Refused('SECOND_PENDING');
    const same = this.#book.sameCall(subject);
    if (same) return same.view;
    const { view, answer } = this.#raise(subject, { deadlineMs: null, approvals: missed.approvals === 2 ? 2 : 1, by });
    void answer.then((given) => {
      if (given.approved) this.late.add(subject, given);
    });
    return view;
  }

  #raise(subject: AskSubject, options: AskOptions): { view: AskView; answer: Promise<Answer> } {
    const { audit, clock, newId, hash, policyVersion } = this.#deps;
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
      options.deadlineMs === null ? () => {} : clock.after(options.deadlineMs, () => this.#timeOut(id));
    const withdraw = () => this.#withdraw(id, null);
    options.signal?.addEventListener('abort', withdraw, { once: true });
    this.#book.add({
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
    if (options.signal?.aborted) withdraw();
    return { view, answer: promise };
  }

  /** The approval window says that a person can see it now: the dead time starts. */
  shown(id: string): void {
    const open = this.#book.need(id);
    open.shownAt = this.#deps.clock.monotonic();
  }

  /** Answers an open ask. Throws `Refused`; a refused answer changes nothing. */
  async answer(answer: AskAnswer, channel: Channel): Promise<AskView> {
    if (!answer.approve) return this.deny(answer.id, answer.note ?? null, channel.via);
    const asked = this.#check(answer, channel);
    // What needed none when it was asked may need one by now; whoever shows it is told.
    const because = this.#deps.proofNeeded(asked.view.subject);
    if (asked.view.because === null && because !== null) this.#book.needsProof(asked, because);
    const proof = await channel.prove(answer, asked.view);
    // Proving takes a while: the ask may have ended, or the policy may have changed, in between.
    return this.#approve(this.#check(answer, channel), answer, channel.via, proof);
  }

  /** The yes of a second person: see `HalfApprovals.complete`. */
  second(answer: SecondAnswer, by: Approver): AskView {
    return this.#halves.complete(answer, by);
  }

  deny(id: string, note: string | null, via: Channel['via']): AskView {
    return this.#halves.end(id, 'denied', via, note) ?? this.#end(this.#book.need(id), 'denied', via, note);
  }

  /** Denies every open call of a session, and counts them. */
  denyAll(session: string, note: string | null, via: Channel['via']): number {
    const waiting = this.#book.ofSession(session).filter((entry) => !entry.answering);
    for (const entry of waiting) this.#end(entry, 'denied', via, note);
    return waiting.length;
  }

  /** Nobody can answer any more: every open ask ends denied. */
  withdrawAll(): void {
    this.#withdrawWhere(() => true, null);
  }

  /** A session is over: nobody could use an answer to what its calls asked, nor one that came late. */
  sessionOver(session: string): void {
    this.late.sessionOver(session);
    this.#withdrawWhere(
      ({ subject }) => subject.kind === 'call' && subject.session === session,
      'Its session is over.',
    );
  }

  /** Another policy is in force: an answer to what was asked under the one before would not count any more. */
  policyChanged(): void {
    this.#withdrawWhere((view) => !this.#holds(view), 'Policy has changed since it was asked: it can be asked again.');
  }

  list(open: boolean): AskView[] {
    return this.#book.list(open);
  }

  get(id: string): AskView | undefined {
    return this.#book.get(id);
  }

  wait(id: string): Promise<AskView> {
    return this.#book.wait(id);
  }

  onChange(listener: (id: string) => void): () => void {
    return this.#book.onChange(listener);
  }

  /** The open ask that this is a yes to, checked against what is asked now. */
  #check(answer: AskAnswer, channel: Channel): OpenAsk {
    const open = this.#book.need(answer.id);
    const { view, shownAt } = open;
    if (answer.hash !== view.hash || !this.#holds(view)) throw new Refused('ASK_CHANGED');
    if (channel.via === 'window') {
      const seenFor = shownAt === null ? 0 : this.#deps.clock.monotonic() - shownAt;
      if (seenFor < DEAD_TIME_MS) throw new Refused('ASK_TOO_EARLY');
    }
    checkYes(view.subject, answer, channel.via);
    return open;
  }

  /** Whether it still asks what it asked: its hash is over the policy too. */
  #holds({ id, subject, hash: bound }: AskView): boolean {
    const { hash, policyVersion } = this.#deps;
    return askHash(hash, id, subject, policyVersion()) === bound;
  }

  async #approve(entry: OpenAsk, answer: AskAnswer, via: Channel['via'], proof: Proof | null): Promise<AskView> {
    const given = { ...this.#answerOf(entry, 'approved', via, answer.note ?? null, answer), ...(proof && { proof }) };
    if (entry.view.approvals === 2) return this.#half(entry, given);
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
    const view = this.#close(entry, given);
    this.#withdrawWhere(
      (other) => shareMatter(view.subject, other.subject),
      'Another question about the same was answered with yes meanwhile.',
    );
    return view;
  }

  /** One of two people said yes: the ask leaves the prompt and waits for the other one. */
  #half(entry: OpenAsk, first: Answer): AskView {
    const view = this.#halves.begin(entry.view, first, entry);
    this.#book.leaves(view.id);
    if (view.subject.kind === 'call') this.#flood.answered(view.subject.session);
    return view;
  }

  /** Time is up: the client waits no longer. What one of two people has allowed may still be allowed by the other one. */
  #timeOut(id: string): void {
    if (this.#halves.release(id)) return;
    const entry = this.#book.open(id);
    if (entry && !entry.answering) this.#end(entry, 'timed-out', null, null);
  }

  #withdrawWhere(lost: (view: AskView) => boolean, note: string | null): void {
    for (const view of [...this.list(true), ...this.#halves.list()]) if (lost(view)) this.#withdraw(view.id, note);
  }

  /** Ends an ask that nobody is to answer any more, unless a yes is just taking effect. */
  #withdraw(id: string, note: string | null): void {
    if (this.#halves.end(id, 'withdrawn', null, note)) return;
    const entry = this.#book.open(id);
    if (entry && !entry.answering) this.#end(entry, 'withdrawn', null, note);
  }

  /** Ends an ask with anything but a yes. */
  #end(entry: OpenAsk, state: 'denied' | 'timed-out' | 'withdrawn', via: Answer['via'], note: string | null): AskView {
    const given = this.#answerOf(entry, state, via, note);
    // A no counts even when the disk is full.
    appendIfPossible(this.#deps.audit, answerRecord(entry.view, state, given, entry.call));
    return this.#close(entry, given);
  }

  #answerOf(entry: OpenAsk, state: Answer['state'], via: Answer['via'], note: string | null, from?: AskAnswer): Answer {
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

  #close(entry: OpenAsk, answer: Answer): AskView {
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
    entry.settle(answer);
    this.#book.over(view);
    return view;
  }
}
