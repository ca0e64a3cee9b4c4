import { useLinkState, useLiveLink } from '../link/LinkProvider.tsx';
import { Button } from '../ui/Button.tsx';
import { Note } from '../ui/Note.tsx';

/** Says that what is on screen may be old, and why. Nothing when the daemon answers. */
export function ConnectionBanner() {
  const link = useLiveLink();
  const state = useLinkState();
  if (state === 'open' || state === 'connecting') return null;
  const ended = state === 'ended';
  return (
    <div className="px-8 pt-4">
      <Note
        live
        tone={ended ? 'bad' : 'warn'}
        title={ended ? 'This session has ended' : 'The daemon does not answer; trying again'}
        actions={
          !ended && (
            <Button size="sm" onClick={() => link.retry()}>
              Try now
            </Button>
          )
        }
      >
        {ended
          ? 'Run “countersign daemon” and open the link that it prints: it works once, within a minute.'
          : 'What you see may be out of date. Calls that need an answer are refused meanwhile.'}
      </Note>
    </div>
  );
}
