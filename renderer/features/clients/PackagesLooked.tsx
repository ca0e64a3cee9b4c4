import { Button } from '../../ui/Button.tsx';
import { LOOK_UP_WORDS } from '../../ui/lookUpWords.ts';
import { Note } from '../../ui/Note.tsx';
import { VisibleText } from '../../ui/VisibleText.tsx';
import type { PackageLooks } from './packageLooks.ts';

/** How far the look-ups are while they run; afterwards those whose package is not held to one version, and why. */
export function PackagesLooked({ packages: { looks, skip }, running }: { packages: PackageLooks; running: boolean }) {
  if (running) {
    const ended = looks.filter(({ progress }) => progress === null).length;
    return (
      <div className="space-y-2">
        <div className="flex items-center gap-3">
          <p role="status" className="min-w-0 flex-1 text-sm text-ink-soft">
            {looks.length === 0
              ? 'Reading what they start…'
              : `Asking registries what exactly would run: ${ended} of ${looks.length} answered`}
          </p>
          {looks.length > 0 && (
            <Button size="sm" onClick={skip}>
              Go on without
            </Button>
          )}
        </div>
        <ul aria-label="Packages" className="space-y-1 text-xs text-ink-soft empty:hidden">
          {looks.map(({ server, name, progress, why }) => (
            <li key={server} className="flex flex-wrap gap-x-2">
              <span className="font-mono break-all text-ink">
                <VisibleText text={name} breaks={false} />
              </span>
              {progress === null
                ? why === null
                  ? 'Looked up'
                  : 'Not held to one version'
                : `${LOOK_UP_WORDS[progress.step]}…`}
            </li>
          ))}
        </ul>
      </div>
    );
  }
  const loose = looks.filter(({ why }) => why !== null);
  if (loose.length === 0) return null;
  return (
    <Note tone="warn" title="Not held to one version: the launcher fetches what it finds at each start">
      <ul className="space-y-0.5">
        {loose.map(({ server, why }) => (
          <li key={server}>
            <b className="font-medium">
              <VisibleText text={server} breaks={false} />
            </b>
            : <VisibleText text={why ?? ''} />
          </li>
        ))}
      </ul>
      Ask again on the server’s Launch page, and agree to the exact version there.
    </Note>
  );
}
