import type { Daemon } from '../daemon.ts';
import type { Guarded } from './base.ts';
import { propose } from './propose.ts';

export function passcodeRouter(os: Guarded, daemon: Daemon) {
  return {
    set: os.passcode.set.handler(() => {
      const { passcode } = daemon.core();
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
    unlock: os.passcode.unlock.handler(async ({ input }) => {
      await daemon.unlock(input.passcode);
      return {};
    }),
  };
}
