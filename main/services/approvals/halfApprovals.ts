import type { AskView, CallSubject } from '../../contract/ask.ts';
import { Refused } from '../../contract/errors.ts';
import type { Approver, SecondAnswer } from '../../contract/second.ts';
import { appendIfPossible } from '../audit/appendIfPossible.ts';
import type { AuditWriter } from '../audit/ports.ts';
import type { Clock } from '../clock.ts';
import { answerRecord } from './answerRecord.ts';
import { askHash, type Hash } from './askHash.ts';
import { callKey, type LateApprovals } from './lateApprovals.ts';
import type { Answer } from './ports.ts';

/** How long the second of two people has, from the first one's yes. */
const SECOND_MS = 30 * 60_000;

export interface HalfDeps {
  readonly audit: AuditWriter;
  readonly clock: Clock;
  readonly hash: Hash;
  readonly policyVersion: () => string;
  /** The account that answers on this machine. */
  readonly person: string;
  readonly late: LateApprovals;
  /** One is over. */
  readonly ended: (view: AskView) => void;
}

/** The call that waits for the answer. */
interface Waiting {
  readonly call: string | undefined;
  settle(answer: Answer): void;
  stop(): void;
}

interface Half {
  readonly view: AskView;
  readonly first: Answer;
  /** Null once the client waits no longer. */
  waiting: Waiting | null;
  readonly stop: () => void;
}

/** Asks that one of two people has allowed: each waits for the other one, who answers on another device. */
export class HalfApprovals {
  readonly #deps: HalfDeps;
  readonly #halves = new Map<string, Half>();

  constructor(deps: HalfDeps) {
    this.#deps = deps;
  }

  /** The first yes. Throws `Refused('AUDIT_UNAVAILABLE')`: then it was none. */
  begin(asked: AskView, first: Answer, waiting: Waiting): AskView {
    const { audit, clock, person } = this.#deps;
    audit.append(answerRecord(asked, 'approved-first', first, waiting.call));
    const view: AskView = {
      ...asked,
      state: 'second',
      deadline: clock.later(SECOND_MS),
      answeredAt: null,
      first: { person, at: clock.now() },
    };
    const stop = clock.after(SECOND_MS, () => void this.end(view.id, 'timed-out', null, null));
    this.#halves.set(view.id, { view, first, waiting, stop });
    return view;
  }

  /**
   * The yes of the second person, which their device signed. Throws `Refused`: ASK_GONE when nothing waits for it (any more),
   * COUNTERSIGNATURE_INVALID when it is about something else, ASK_CHANGED when the policy is another by now.
   */
  complete({ ask, hash: bound, person }: SecondAnswer, { name: device, fingerprint }: Approver): AskView {
    const { hash, policyVersion, audit, clock, late } = this.#deps;
    const half = this.#halves.get(ask);
    if (!half) throw new Refused('ASK_GONE', ask);
    const { view, first, waiting } = half;
    if (bound !== view.hash) throw new Refused('COUNTERSIGNATURE_INVALID', 'it is the answer to another question');
    if (askHash(hash, ask, view.subject, policyVersion()) !== bound) throw new Refused('ASK_CHANGED');
    const detail = { first: first.person, device, fingerprint };
    // As ever: a yes that cannot be recorded is none.
    audit.append(answerRecord(view, 'approved', { person, via: 'countersignature', detail }, waiting?.call));
    const second = { person, device };
    if (waiting) waiting.settle({ ...first, approved: true, state: 'approved', second });
    else if (view.subject.kind === 'call') late.add(view.subject, { person: first.person, second });
    return this.#close(half, { ...view, state: 'approved', answeredAt: clock.now(), by: person });
  }

  /** Ends one with anything but a yes; undefined when there is none of this id. */
  end(
    id: string,
    state: 'denied' | 'timed-out' | 'withdrawn',
    via: Answer['via'],
    note: string | null,
  ): AskView | undefined {
    const { audit, clock, person } = this.#deps;
    const half = this.#halves.get(id);
    if (!half) return undefined;
    const { view, first, waiting } = half;
    const by = via === null ? null : person;
    // A no counts even when the disk is full.
    appendIfPossible(audit, answerRecord(view, state, { person: by, via, note }, waiting?.call));
    waiting?.settle({ ...first, approved: false, state, person: by, via, note });
    return this.#close(half, { ...view, state, answeredAt: clock.now(), by, note });
  }

  /** The client waits no longer; the second person still may answer, for the retry. False when there is none of this id. */
  release(id: string): boolean {
    const half = this.#halves.get(id);
    if (!half) return false;
    half.waiting?.stop();
    half.waiting?.settle({ ...half.first, approved: false, state: 'second' });
    half.waiting = null;
    return true;
  }

  /** Whether one person has allowed this very call already. */
  covers(call: CallSubject): boolean {
    const key = callKey(call);
    return this.list().some(({ subject }) => subject.kind === 'call' && callKey(subject) === key);
  }

  get(id: string): AskView | undefined {
    return this.#halves.get(id)?.view;
  }

  list(): AskView[] {
    return [...this.#halves.values()].map(({ view }) => view);
  }

  #close(half: Half, view: AskView): AskView {
    half.stop();
    half.waiting?.stop();
    this.#halves.delete(view.id);
    this.#deps.ended(view);
    return view;
  }
}
