import type { Daemon } from '../daemon.ts';
import type { Guarded } from './base.ts';

export function tourRouter(os: Guarded, daemon: Daemon) {
  return {
    state: os.tour.state.handler(() => daemon.core().tour.state()),
    run: os.tour.run.handler(({ input: { step } }) => daemon.core().tour.run(step)),
    reset: os.tour.reset.handler(() => daemon.core().tour.reset()),
  };
}
