import type { AskSubject } from '../../../contract/ask.ts';
import { Refused } from '../../../contract/errors.ts';
import type { KnownActor } from '../../../services/actor.ts';
import type { Answer } from '../../../services/approvals/ports.ts';
import type { Daemon } from '../daemon.ts';
import { actor, type Door } from './base.ts';

/** Turns something that loosens protection into an ask by whom it came from; `effect` runs when, and only when, a person says yes. */
export function propose(
  daemon: Daemon,
  context: Door,
  subject: AskSubject,
  effect: (by: KnownActor, answer: Answer) => Promise<void>,
): { ask: string } {
  if (daemon.mode() === 'look-only') throw new Refused('LOOK_ONLY');
  const { view } = daemon.core().asks.ask(subject, {
    deadlineMs: null,
    by: actor(daemon, context),
    effect: (answer) =>
      effect({ person: answer.person ?? daemon.person, via: answer.via ?? 'window', ask: view.id }, answer),
  });
  return { ask: view.id };
}
