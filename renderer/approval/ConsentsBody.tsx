import type { AskSubject } from '../../main/contract/ask.ts';
import { Digest } from '../ui/Digest.tsx';
import { LaunchFindings } from '../ui/LaunchFindings.tsx';
import { LaunchDifferences, LaunchView } from '../ui/LaunchView.tsx';
import { Note } from '../ui/Note.tsx';
import { PackageFacts } from '../ui/PackageView.tsx';
import { EndMark } from './EndMark.tsx';
import { Part } from './Part.tsx';

/** Several launches, one after the other and each in full: what was found in it, what changed, all of it. */
export function ConsentsBody({
  subject,
  onOpen,
}: {
  subject: Extract<AskSubject, { kind: 'consents' }>;
  /** Told of each server whose launch came into sight down to its end. */
  onOpen: (server: string) => void;
}) {
  return (
    <>
      <Note tone="info" title="They run with your rights on this machine">
        Agree only if you know where every line comes from; otherwise deny, and agree one by one. Any later change asks
        again.
      </Note>
      {subject.launches.map(({ server, launch, findings, differences, launchDigest, truth }, index) => (
        <section
          key={server}
          aria-label={server}
          className="space-y-4 rounded-xl border border-line bg-panel px-4 py-3.5 shadow-panel"
        >
          <h2 className="flex items-baseline gap-2 text-base font-semibold">
            {server}
            <span className="text-xs font-normal text-ink-faint tabular-nums">
              {index + 1} of {subject.launches.length}
            </span>
          </h2>
          {findings.length > 0 && (
            <Part title="What to know first">
              <LaunchFindings launch={launch} findings={findings} />
            </Part>
          )}
          {differences.length > 0 && (
            <Part title="Changed since you last agreed">
              <LaunchDifferences differences={differences} />
            </Part>
          )}
          {truth !== undefined && (
            <Part title="The package, as its registry says">
              <PackageFacts truth={truth} />
            </Part>
          )}
          <LaunchView launch={launch} findings={findings} />
          <p className="text-xs text-ink-faint">
            Consent binds to <Digest value={launchDigest} />
          </p>
          <EndMark onSeen={() => onOpen(server)} />
        </section>
      ))}
    </>
  );
}
