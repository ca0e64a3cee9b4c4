import { Refused } from '../../../contract/errors.ts';
import type { Daemon } from '../daemon.ts';
import type { Guarded } from './base.ts';
import { propose } from './propose.ts';

export function passcodeRouter(os: Guarded, daemon: Daemon) {
  return {
    set: os.passcode.set.handler(() => {
      const { passcode } = daemon.core();
      // It would travel as it is: only over the app's own pipe, or from the daemon's own terminal (SECURITY.md rule 3).
      if (daemon.mode() === 'headless')
        throw new Refused('NOT_APPROVER', 'start it with "countersign daemon --new-passcode" on a terminal');
      return propose(
        daemon,
        { kind: 'passcode', replaces: passcode.state() !== 'missing' },
        async (person, via, answer) => {
          await passcode.set(answer.value ?? '');
          daemon.core().audit.append({ type: 'passcode', event: 'set', person, via });
          daemon.changes.tell('status');
        },
      );
    }),
    unlock: os.passcode.unlock.handler(async ({ input, context }) => {
      // The passcode itself travels: over the app's own pipe only.
      if (context.kind !== 'approval') throw new Refused('NOT_APPROVER');
      await daemon.unlock(input.passcode);
      return {};
    }),
  };
}
