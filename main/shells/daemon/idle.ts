import type { Host } from './host.ts';

/** The app is gone: sessions go on with what needs no person; when the last one has ended, so does the daemon. */
export function endIdle(host: Host): void {
  const endIfIdle = () => {
    if (host.status().sessions === 0) void host.stop('the app is gone and nothing runs any more');
  };
  host.changes.listen(({ topic }) => topic === 'sessions' && endIfIdle());
  endIfIdle();
}
