import type { AskSubject } from '../../main/contract/ask.ts';
import { Digest } from '../ui/Digest.tsx';
import { LaunchDifferences, LaunchView } from '../ui/LaunchView.tsx';
import { Note } from '../ui/Note.tsx';
import { Part } from './Part.tsx';

/** A launch: what changed first, then all of it. */
export function ConsentBody({ subject }: { subject: Extract<AskSubject, { kind: 'consent' }> }) {
  return (
    <>
      <Note tone={subject.differences.length > 0 ? 'warn' : 'info'} title="It runs with your rights on this machine">
        Agree only if you know where every line comes from. Any later change asks again.
      </Note>
      {subject.differences.length > 0 && (
        <Part title="Changed since you last agreed">
          <LaunchDifferences differences={subject.differences} />
        </Part>
      )}
      <LaunchView launch={subject.launch} />
      <p className="text-xs text-ink-faint">
        Consent binds to <Digest value={subject.launchDigest} />
      </p>
    </>
  );
}
