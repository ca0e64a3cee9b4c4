import type { LaunchReview } from '../../../main/contract/launch.ts';
import { Button } from '../../ui/Button.tsx';
import { Note } from '../../ui/Note.tsx';

/** A server has up to three launches: the one that starts, a newer one that waits, and its line without a store. */
export function OtherLaunches({
  review,
  which,
  onWhich,
}: {
  review: LaunchReview;
  which: 'usual' | 'upgrade' | 'as-written';
  onWhich: (which: 'usual' | 'upgrade' | 'as-written') => void;
}) {
  if (which !== 'usual') {
    const upgrade = which === 'upgrade';
    return (
      <Note
        tone="info"
        title={upgrade ? 'What would run after the change' : 'The command line as it is written'}
        actions={<Button onClick={() => onWhich('usual')}>{upgrade ? 'Keep what runs now' : 'Back'}</Button>}
      >
        {upgrade
          ? 'What was agreed to runs on until you agree to this. Its tools are compared when it first starts: what is new or changed is held back until you review it.'
          : 'Its launcher fetches what it runs by itself at each start, so this consent does not hold it to one version.'}
      </Note>
    );
  }
  if (review.upgrade && review.consent === 'given')
    return (
      <Note
        tone="warn"
        title={
          review.launch?.package === undefined
            ? 'It can run from Countersign’s own store, held to one version'
            : 'Its registry has another version, which does not run'
        }
        actions={
          <Button look="primary" onClick={() => onWhich('upgrade')}>
            See what changes
          </Button>
        }
      >
        Look at what would change before you agree to it.
      </Note>
    );
  if (review.launch?.package !== undefined && review.consent !== 'given')
    return (
      <p className="text-xs text-ink-faint">
        It will run from Countersign’s own store.{' '}
        <Button look="quiet" size="sm" onClick={() => onWhich('as-written')}>
          Run it through its launcher instead…
        </Button>
      </p>
    );
  return null;
}
