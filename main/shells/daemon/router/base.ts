import { implement } from '@orpc/server';
import { systemClock } from '../../../adapters/system/clock.ts';
import { api, type OperationKind } from '../../../contract/api.ts';
import type { AskAnswer } from '../../../contract/ask.ts';
import { Refused, refusal } from '../../../contract/errors.ts';
import type { Via } from '../../../contract/record.ts';
import type { Channel, Proof } from '../../../services/approvals/ports.ts';
import { ProposalFlood } from '../../../services/approvals/proposalFlood.ts';
import type { Daemon } from '../daemon.ts';
import { onlyRefusals, wireError } from './wireError.ts';

/** Which door a caller came through. Each has its own listener, so that nobody can claim another. */
export interface Door {
  readonly kind: 'app' | 'approval' | 'control' | 'web' | 'web-approval';
}

/** What handlers know of a caller that came through this door. */
export function door(kind: Door['kind']): Door {
  return { kind };
}

/** Who calls through this door, for the record: the account, whichever of its programs it was. */
export function actor({ person }: Daemon, { kind }: Door): { person: string; via: (typeof VIA)[Door['kind']] } {
  return { person, via: VIA[kind] };
}

const VIA = {
  app: 'window',
  approval: 'window',
  control: 'control',
  web: 'browser',
  'web-approval': 'browser',
} as const satisfies Record<Door['kind'], Via>;

/**
 * The procedures with the guard in front: who may call what (SECURITY.md rules 1 and 2), and nothing but
 * refusals from the closed list goes out.
 */
export function guarded(daemon: Daemon) {
  const flood = new ProposalFlood(systemClock(), (ask) => daemon.core().asks.get(ask)?.state === 'open');
  const refusals = onlyRefusals((error) => daemon.fault(error));
  return implement(api)
    .$context<Door>()
    .use(async ({ context, procedure, next, signal }) => {
      const { kind } = procedure['~orpc'].meta as { kind: OperationKind };
      if (kind === 'approving' && !mayAnswer(daemon, context)) throw wireError(refusal('NOT_APPROVER'));
      const proposes = kind === 'loosening' && context.kind === 'control';
      try {
        if (proposes) flood.admit();
        const result = await next();
        const ask = proposes ? (result.output as { ask?: string }).ask : undefined;
        if (ask !== undefined) flood.made(ask);
        return { ...result, output: refusals.stream(result.output, signal) };
      } catch (error) {
        throw refusals.error(error);
      }
    });
}
export type Guarded = ReturnType<typeof guarded>;

/** The approval window always; a terminal or browser only where the daemon was started without a window. */
function mayAnswer(daemon: Daemon, { kind }: Door): boolean {
  if (kind === 'approval') return true;
  return daemon.mode() === 'headless' && (kind === 'control' || kind === 'web-approval');
}

/** How an answer through this door is proved: the window by its inherited pipe and what the ask needs besides, the others by the passcode. */
export function answerChannel(daemon: Daemon, door: Door): Channel {
  if (door.kind !== 'approval') {
    const via = door.kind === 'control' ? 'terminal' : 'browser';
    return { via, prove: (answer) => provePerson(daemon, answer, via) };
  }
  return {
    via: 'window',
    async prove(answer, ask) {
      // What needs none when it was asked may need one by now: something that drives the screen has come.
      if (ask.because === null && daemon.core().proofNeeded(ask.subject) === null) return null;
      // The app's main process has asked the system itself: no page can say this (main/shells/electron/desktop.ts).
      if (answer.system && daemon.system() !== null) return 'system';
      if (answer.firstPasscode === undefined || daemon.core().passcode.state() !== 'missing')
        return provePerson(daemon, answer, 'window');
      const { passcode, audit } = daemon.core();
      await passcode.choose(answer.firstPasscode);
      audit.append({ type: 'passcode', event: 'set', ask: ask.id, ...actor(daemon, door) });
      daemon.changes.tell('status');
      return 'passcode';
    },
  };
}

/** Throws `Refused`: PROOF_NEEDED without a proof, PASSCODE_WRONG and its like with one that does not hold. */
async function provePerson(daemon: Daemon, { id, hash, proof }: AskAnswer, via: Channel['via']): Promise<Proof> {
  const { passcode, audit } = daemon.core();
  if (proof === undefined) throw new Refused('PROOF_NEEDED', 'the answer came without one');
  try {
    await passcode.prove(proof, { id, hash });
    return 'passcode';
  } catch (error) {
    // Guessing leaves a trace that rolling back the keystore cannot take away.
    if (error instanceof Refused)
      audit.append({ type: 'passcode', event: 'failed', ask: id, code: error.refusal.code, via });
    throw error;
  }
}
