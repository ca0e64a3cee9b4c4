import type { AskAnswer, AskSubject, AskView, CallSubject } from '../../contract/ask.ts';
import { Refused } from '../../contract/errors.ts';
import type { Approver, SecondAnswer } from '../../contract/second.ts';
import type { AuditWriter } from '../audit/ports.ts';
import type { Clock, NewId } from '../clock.ts';
import { askedAbout } from './askedAbout.ts';
import { askHash, type Hash } from './askHash.ts';
import { askRecord } from './askRecord.ts';
import { FloodGuard } from './flood.ts';
import { callKey, LateApprovals } from './lateApprovals.ts';
import { isOffered } from './offered.ts';
import type { Answer, Approvals, AskOptions, Proof } from './ports.ts';

/** A prompt cannot be answered with yes in its first moments (SECURITY.md, prompt rule 7). */
const DEAD_TIME_MS = 500;
/** Answered asks that stay listed. */
const KEPT = 200;
/** How long the second of two people has, from the first one's yes. */
const SECOND_MS = 30 * 60_000;

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

/** An ask that one of two people has allowed. */
interface Half {
  readonly view: AskView;
  readonly first: Answer;
  /** While the call still waits for it. */
  open: Open | null;
  readonly stop: () => void;
}

/** The asks of this daemon: each has an unguessable id, a deadline and a hash; every end but one is a denial. */
export class AskDesk implements Approvals {
  readonly late: LateApprovals;
  readonly #deps: ApprovalsDeps;
  readonly #open = new Map<string, Open>();
  readonly #halves = new Map<string, Half>();
  readonly #closed = new Map<string, AskView>();
  readonly #listeners = new Set<(id: string) => void>();
  readonly #flood: FloodGuard;

  constructor(deps: ApprovalsDeps) {
    this.#deps = deps;
    this.late = new LateApprovals(deps.clock);
    this.#flood = new FloodGuard(deps.clock);
  }

  /**
   * Records `asked` first; throws `Refused('AUDIT_UNAVAILABLE')` when that fails, `ASKS_THROTTLED` when the session
   * asks too much, and `SECOND_PENDING` when one person has allowed this very call already; then nobody is asked.
   */
  ask(subject: AskSubject, options: AskOptions): { view: AskView; answer: Promise<Answer> } {
    const { audit, clock, newId, hash, policyVersion } = this.#deps;
    if (subject.kind === 'call' && this.#isHalf(subject)) throw new Refused('SECOND_PENDING');
    if (subject.kind === 'call') this.#flood.admit(subject.session, this.#ofSession(subject.session).length);
    const id = newId();
    const because = this.#deps.proofNeeded(subject);
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
      passcode: because !== null,
      because,
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

  /**
   * The yes of a second person, which their device signed. Throws `Refused`: ASK_GONE when nothing waits for it (any more),
   * COUNTERSIGNATURE_INVALID when it is about something else, ASK_CHANGED when the policy is another by now.
   */
  second({ ask, hash: bound, person }: SecondAnswer, { name, fingerprint }: Approver): AskView {
    const { hash, policyVersion, audit, clock } = this.#deps;
    const half = this.#halves.get(ask);
    if (!half) throw new Refused('ASK_GONE', ask);
    const { view, first } = half;
    if (bound !== view.hash) throw new Refused('COUNTERSIGNATURE_INVALID', 'it is the answer to another question');
    if (askHash(hash, ask, view.subject, policyVersion()) !== bound) throw new Refused('ASK_CHANGED');
    const draft = askRecord(view, { type: 'answered', event: 'approved' }, half.open?.call);
    const detail = { ...draft.detail, first: first.person, device: name, fingerprint };
    // As ever: a yes that cannot be recorded is none.
    audit.append({ ...draft, detail, person, via: 'countersignature' });
    const second = { person, device: name };
    if (half.open) half.open.settle({ ...first, approved: true, state: 'approved', second });
    else if (view.subject.kind === 'call') this.late.add(view.subject, { person: first.person, second });
    return this.#closeHalf(half, { ...view, state: 'approved', answeredAt: clock.now(), by: person });
  }

  deny(id: string, note: string | null, via: Channel['via']): AskView {
    const half = this.#halves.get(id);
    if (half) return this.#endHalf(half, 'denied', via, note);
    this.#need(id);
    return this.#end(id, 'denied', via, note);
  }

  /** Denies every open call of a session, and counts them. */
  denyAll(session: string, note: string | null, via: Channel['via']): number {
    const waiting = this.#ofSession(session).filter((entry) => !entry.answering);
    for (const { view } of waiting) this.#end(view.id, 'denied', via, note);
    return waiting.length;
  }

  /** Nobody can answer any more: every open ask ends denied. */
  withdrawAll(): void {
    for (const id of [...this.#open.keys(), ...this.#halves.keys()]) this.#expire(id, 'withdrawn');
  }

  /** Those that somebody here can answer now; or all, with those that wait for a second person and those that ended. */
  list(open: boolean): AskView[] {
    const now = [...this.#open.values()].map((entry) => entry.view);
    const halves = [...this.#halves.values()].map(({ view }) => view);
    return open ? now : [...now, ...halves, ...[...this.#closed.values()].reverse()];
  }

  get(id: string): AskView | undefined {
    return (this.#open.get(id) ?? this.#halves.get(id))?.view ?? this.#closed.get(id);
  }

  async wait(id: string): Promise<AskView> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const over = () => !this.#open.has(id) && !this.#halves.has(id);
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
    const { subject } = view;
    const call = subject.kind === 'countersign' ? subject.call : subject;
    if (channel.via !== 'window' && call.kind === 'call' && call.class === 'external')
      throw new Refused('WINDOW_NEEDED');
    if (channel.via !== 'window' && subject.kind === 'passcode')
      throw new Refused('NOT_APPROVER', 'a passcode is typed in the app, or on the terminal where the daemon starts');
    const needsValue = subject.kind === 'passcode' || (subject.kind === 'secret' && subject.value === 'typed');
    if (needsValue && !answer.value) throw new Refused('INPUT_INVALID', 'a value has to be typed');
    if (subject.kind === 'consent' && subject.findings.some(({ severity }) => severity === 'severe')) {
      if (answer.value !== subject.server)
        throw new Refused('INPUT_INVALID', 'a severe finding is accepted only by typing the server’s name');
    }
    if (answer.grant && !(open && isOffered(subject, answer.grant)))
      throw new Refused('INPUT_INVALID', 'this grant is not on offer');
    return view;
  }

  async #approve(entry: Open, answer: AskAnswer, via: Channel['via'], proof: Proof | null): Promise<AskView> {
    const given = { ...this.#answerOf(entry, 'approved', via, answer.note ?? null, answer), ...(proof && { proof }) };
    if (entry.view.approvals === 2) return this.#half(entry.view, given, entry);
    // A yes that cannot be recorded is not a yes: this throws, and the ask stays open until its deadline.
    this.#record(entry, given);
    entry.answering = true;
    try {
      await entry.effect?.(given);
    } catch (error) {
      entry.answering = false;
      const { message } = error instanceof Refused ? error : new Refused('INTERNAL');
      this.#end(entry.view.id, 'withdrawn', null, message);
      throw error;
    }
    return this.#close(entry, given);
  }

  #approveLate(missed: AskView, via: Channel['via'], proof: Proof | null): AskView {
    const { audit, clock, person } = this.#deps;
    if (missed.approvals === 2) {
      const proved = proof ? { proof } : {};
      const first: Answer = { approved: true, state: 'approved', person, via, note: null, tookMs: 0, ...proved };
      return this.#half(missed, first, null);
    }
    const view: AskView = { ...missed, state: 'approved', answeredAt: clock.now(), by: person };
    const draft = askRecord(view, { type: 'answered', event: 'approved-late' });
    audit.append({ ...draft, detail: { ...draft.detail, ...(proof && { proof }) }, person, via });
    if (missed.subject.kind === 'call') {
      this.late.add(missed.subject, { person });
      this.#flood.answered(missed.subject.session);
    }
    this.#closed.set(missed.id, view);
    this.#changed(missed.id);
    return view;
  }

  /** One of two people said yes: the ask leaves the prompt and waits for the other one. */
  #half(asked: AskView, first: Answer, open: Open | null): AskView {
    const { audit, clock, person } = this.#deps;
    const draft = askRecord(asked, { type: 'answered', event: 'approved-first' }, open?.call);
    const detail = { ...draft.detail, ...(first.proof && { proof: first.proof }) };
    audit.append({ ...draft, detail, person, ...(first.via ? { via: first.via } : {}), durationMs: first.tookMs });
    const view: AskView = {
      ...asked,
      state: 'second',
      deadline: clock.later(SECOND_MS),
      answeredAt: null,
      first: { person, at: clock.now() },
    };
    const half: Half = {
      view,
      first,
      open,
      stop: clock.after(SECOND_MS, () => void this.#endHalf(half, 'timed-out', null, null)),
    };
    this.#open.delete(view.id);
    this.#closed.delete(view.id);
    this.#halves.set(view.id, half);
    if (view.subject.kind === 'call') this.#flood.answered(view.subject.session);
    this.#changed(view.id);
    return view;
  }

  #endHalf(half: Half, state: 'denied' | 'timed-out' | 'withdrawn', via: Answer['via'], note: string | null): AskView {
    const { audit, clock, person } = this.#deps;
    const by = via === null ? null : person;
    try {
      const draft = askRecord(half.view, { type: 'answered', event: state }, half.open?.call);
      audit.append({ ...draft, ...(note ? { reason: note } : {}), ...(by && via ? { person: by, via } : {}) });
    } catch (error) {
      // A no counts even when the disk is full.
      if (!(error instanceof Refused)) throw error;
    }
    half.open?.settle({ ...half.first, approved: false, state, person: by, via, note });
    return this.#closeHalf(half, { ...half.view, state, answeredAt: clock.now(), by, note });
  }

  #closeHalf(half: Half, view: AskView): AskView {
    half.stop();
    half.open?.stop();
    this.#halves.delete(view.id);
    this.#keep(view);
    this.#changed(view.id);
    return view;
  }

  #isHalf(subject: CallSubject): boolean {
    const key = callKey(subject);
    return [...this.#halves.values()].some(({ view }) => view.subject.kind === 'call' && callKey(view.subject) === key);
  }

  /** Ends an ask that nobody answers, unless a yes is just taking effect. */
  #expire(id: string, state: 'timed-out' | 'withdrawn'): void {
    const half = this.#halves.get(id);
    if (half && state === 'withdrawn') return void this.#endHalf(half, 'withdrawn', null, null);
    if (half) {
      // The client waits no longer; the second person still may, for the retry.
      half.open?.stop();
      half.open?.settle({ ...half.first, approved: false, state: 'second' });
      half.open = null;
      return;
    }
    const entry = this.#open.get(id);
    if (entry && !entry.answering) this.#end(id, state, null, null);
  }

  /** Ends an ask with anything but a yes. */
  #end(
    id: string,
    state: Exclude<Answer['state'], 'approved' | 'second'>,
    via: Answer['via'],
    note: string | null,
  ): AskView {
    const entry = this.#need(id);
    const given = this.#answerOf(entry, state, via, note);
    try {
      this.#record(entry, given);
    } catch (error) {
      // A no counts even when the disk is full.
      if (!(error instanceof Refused)) throw error;
    }
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

  #record(entry: Open, answer: Answer): void {
    const draft = askRecord(entry.view, { type: 'answered', event: answer.state }, entry.call);
    const { grant, proof } = answer;
    this.#deps.audit.append({
      ...draft,
      detail: {
        ...draft.detail,
        ...(grant && { life: grant.life.kind, reach: grant.reach.kind }),
        ...(proof && { proof }),
      },
      durationMs: answer.tookMs,
      ...(answer.note ? { reason: answer.note } : {}),
      ...(answer.person && answer.via ? { person: answer.person, via: answer.via } : {}),
    });
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
    this.#keep(view);
    entry.settle(answer);
    this.#changed(id);
    return view;
  }

  #keep(view: AskView): void {
    this.#closed.set(view.id, view);
    for (const old of this.#closed.keys()) {
      if (this.#closed.size <= KEPT) break;
      this.#closed.delete(old);
    }
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
