/** Which of the open asks is in sight. */
import type { AskView } from '../../main/contract/ask.ts';

export interface Queue {
  readonly current: AskView | null;
  /** 1-based place of `current` among `total`, counting those already answered in this sitting. */
  readonly place: number;
  readonly total: number;
  /** Set when the ask in sight left without an answer from here. */
  readonly notice: string | null;
}

export const EMPTY: Queue = { current: null, place: 0, total: 0, notice: null };

/** How many of the waiting asks the session of this call has raised, this one included; 0 for what is no call. */
export function fromSession({ subject }: AskView, waiting: readonly AskView[]): number {
  if (subject.kind !== 'call') return 0;
  return waiting.filter((ask) => ask.subject.kind === 'call' && ask.subject.session === subject.session).length;
}

/** The other waiting calls of the same tool that the session of this one has raised, longest waiting first. */
export function alike(ask: AskView, waiting: readonly AskView[]): AskView[] {
  return inOrder(waiting.filter((other) => other.id !== ask.id && groupOf(other) === groupOf(ask)));
}

/** Calls of one session that ask for the same tool; everything else is a group of its own. */
function groupOf({ id, subject }: AskView): string {
  return subject.kind === 'call' ? JSON.stringify([subject.session, subject.server, subject.tool]) : id;
}

const inOrder = (asks: readonly AskView[]): AskView[] => [...asks].sort((a, b) => (a.askedAt < b.askedAt ? -1 : 1));

/** Words for an ask that left by itself; null while it is open. */
function leftWords({ state, note }: AskView): string | null {
  switch (state) {
    case 'open':
      return null;
    case 'timed-out':
      return 'Time ran out: the request before this one was denied. Its retry can be allowed under Asks.';
    case 'withdrawn':
      return note === null
        ? 'The client withdrew the request before this one.'
        : `The request before this one was withdrawn. ${note}`;
    case 'second':
      return 'The request before this one was allowed elsewhere, and waits for a second person.';
    case 'approved':
      return 'The request before this one was approved elsewhere.';
    case 'denied':
      return 'The request before this one was denied elsewhere.';
  }
}

/**
 * The queue after the open asks were read again. What is in sight stays until it is no longer open, so that nothing
 * changes under a pointer; then the longest waiting of those like it follows, and then of the others. `gone` is what became
 * of the one that was in sight, where that is known; `answered` says that it was answered here.
 */
export function advance(queue: Queue, open: readonly AskView[], gone: AskView | null, answered: boolean): Queue {
  const still = open.find((ask) => ask.id === queue.current?.id && ask.hash === queue.current.hash);
  if (still !== undefined) {
    const total = Math.max(queue.total, queue.place + open.length - 1);
    // It may take a proof by now; what it asks is the same.
    const same = total === queue.total && still.because === queue.current?.because;
    return same ? queue : { ...queue, current: still, total };
  }
  const [next = null] = [...(queue.current === null ? [] : alike(queue.current, open)), ...inOrder(open)];
  const notice = queue.current === null || answered || gone === null ? null : leftWords(gone);
  if (next === null) return { ...EMPTY, notice };
  const place = queue.current === null ? 1 : queue.place + 1;
  return { current: next, place, total: place + open.length - 1, notice };
}
