import { implement, ORPCError } from '@orpc/server';
import { api, type OperationKind } from '../../../contract/api.ts';
import { type Refusal, Refused, refusal } from '../../../contract/errors.ts';
import type { Channel } from '../../../services/approvals/approvals.ts';
import type { Daemon } from '../daemon.ts';

/** Which door a caller came through. Each has its own listener, so that nobody can claim another. */
export interface Door {
  readonly kind: 'app' | 'approval' | 'control' | 'web' | 'web-approval';
}

/** What handlers know of a caller that came through this door. */
export function door(kind: Door['kind']): Door {
  return { kind };
}

/** The error of a refusal on the wire: its code, its sentence, and the refusal as data. */
export function wireError(value: Refusal): ORPCError<string, Refusal> {
  return new ORPCError(value.code, { message: value.message, data: value });
}

/**
 * The procedures with the guard in front: who may call what (SECURITY.md rules 1 and 2), and nothing but
 * refusals from the closed list goes out.
 */
export function guarded(daemon: Daemon) {
  return implement(api)
    .$context<Door>()
    .use(async ({ context, procedure, next }) => {
      const { kind } = procedure['~orpc'].meta as { kind: OperationKind };
      if (kind === 'approving' && !mayAnswer(daemon, context)) throw wireError(refusal('NOT_APPROVER'));
      try {
        return await next();
      } catch (error) {
        if (error instanceof Refused) throw wireError(error.refusal);
        if (error instanceof ORPCError) throw error;
        daemon.fault(error);
        throw wireError(refusal('INTERNAL'));
      }
    });
}
export type Guarded = ReturnType<typeof guarded>;

/** The approval window always; a terminal or browser only where the daemon was started without a window. */
function mayAnswer(daemon: Daemon, { kind }: Door): boolean {
  if (kind === 'approval') return true;
  return daemon.mode() === 'headless' && (kind === 'control' || kind === 'web-approval');
}

/** How an answer through this door is proved: the window by its inherited pipe, the others by the passcode. */
export function answerChannel(daemon: Daemon, door: Door): Channel {
  if (door.kind === 'approval') return { via: 'window', prove: async () => {} };
  return {
    via: door.kind === 'control' ? 'terminal' : 'browser',
    prove: async (answer) => {
      if (answer.passcode === undefined) throw new Refused('PASSCODE_MISSING', 'the answer came without one');
      const { passcode, audit } = daemon.core();
      try {
        await passcode.prove(answer.passcode);
      } catch (error) {
        // Guessing leaves a trace that rolling back the keystore cannot take away.
        if (error instanceof Refused)
          audit.append({ type: 'passcode', event: 'failed', ask: answer.id, code: error.refusal.code });
        throw error;
      }
    },
  };
}
