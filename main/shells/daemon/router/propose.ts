import type { AskSubject } from '../../../contract/ask.ts';
import { Refused } from '../../../contract/errors.ts';
import type { Answer } from '../../../services/approvals/ports.ts';
import type { Daemon } from '../daemon.ts';

/** Turns something that loosens protection into an ask; `effect` runs when, and only when, a person says yes. */
export function propose(
  daemon: Daemon,
  subject: AskSubject,
  effect: (person: string, via: string, answer: Answer) => Promise<void>,
): { ask: string } {
  if (daemon.mode() === 'look-only') throw new Refused('LOOK_ONLY');
  const { view } = daemon.core().asks.ask(subject, {
    deadlineMs: null,
    effect: (answer) => effect(answer.person ?? daemon.person, answer.via ?? 'window', answer),
  });
  return { ask: view.id };
}
