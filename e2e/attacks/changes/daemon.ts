/** The daemon itself: it ends in these, so that they come last. */
import { expect } from 'vitest';
import { PASSCODE } from '../../fixtures/daemon.ts';
import { refusedWith } from '../../fixtures/door.ts';
import { type Procedures, WINDOW } from './procedures.ts';
import type { Scene } from './scene.ts';

export const daemon = (on: Scene) =>
  ({
    'daemon.status': 'reads',
    'daemon.doctor': 'reads',
    'daemon.lookForKeys': {
      none: 'while there are keys it does nothing, and keys that it finds start the daemon, which is one',
    },
    'daemon.changes': 'reads',
    'tour.state': 'reads',
    'tour.run': {
      call: async () => {
        const running = on.control.tour.run({ step: 'consent' });
        const { id } = await on.ask(({ subject }) => subject.kind === 'consent' && subject.server === 'tour');
        await on.control.asks.deny({ id });
        return running;
      },
      leaves: { type: 'config', event: 'added', server: 'tour' },
      by: WINDOW,
    },
    'tour.reset': {
      call: () => on.control.tour.reset(),
      leaves: { type: 'config', event: 'removed', server: 'tour' },
      by: WINDOW,
    },
    'daemon.stop': {
      call: async () => {
        await on.control.daemon.stop();
        await on.stage.daemon.ended;
        on.disconnect();
        await on.stage.whileStopped(() => {});
        await on.connect();
      },
      leaves: { type: 'daemon', event: 'stopped', reason: 'stopped by a person' },
    },
    'passcode.unlock': {
      call: async () => {
        on.disconnect();
        const { approval } = await on.stage.whileStopped(() => {}, { locked: true });
        expect(await refusedWith(approval.passcode.unlock({ passcode: 'not this one' }))).toBe('PASSCODE_WRONG');
        await approval.passcode.unlock({ passcode: PASSCODE });
        await on.connect();
      },
      leaves: { type: 'daemon', event: 'unlocked', detail: { failures: 1 } },
      by: WINDOW,
    },
  }) satisfies Procedures;
