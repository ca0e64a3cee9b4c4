import { Refused } from '../../../contract/errors.ts';
import type { Daemon } from '../daemon.ts';
import { actor, type Guarded } from './base.ts';
import { propose } from './propose.ts';

export function passcodeRouter(os: Guarded, daemon: Daemon) {
  return {
    set: os.passcode.set.handler(({ context }) => {
      const { passcode } = daemon.core();
      // It would travel as it is: only over the app's own pipe, or from the daemon's own terminal (SECURITY.md rule 3).
      if (daemon.mode() === 'headless')
        throw new Refused('NOT_APPROVER', 'start it with "countersign daemon --new-passcode" on a terminal');
      const replaces = passcode.state() !== 'missing';
      return propose(daemon, context, { kind: 'passcode', replaces }, async (by, answer) => {
        // What was shown as the first one took no proof, so it must not replace one that has come meanwhile.
        await (replaces ? passcode.set(answer.value ?? '') : passcode.choose(answer.value ?? ''));
        daemon.core().audit.append({ type: 'passcode', event: 'set', ...by, detail: { replaces } });
        daemon.changes.tell('status');
      });
    }),
    unlock: os.passcode.unlock.handler(async ({ input, context }) => {
      // The passcode itself travels: over the app's own pipe only.
      if (context.kind !== 'approval') throw new Refused('NOT_APPROVER');
      await daemon.unlock(input.passcode, actor(daemon, context));
      return {};
    }),
  };
}
