import type { AskSubject } from '../../main/contract/ask.ts';
import { Digest } from '../ui/Digest.tsx';
import { TextInput } from '../ui/Field.tsx';
import { LaunchFindings } from '../ui/LaunchFindings.tsx';
import { LaunchDifferences, LaunchView } from '../ui/LaunchView.tsx';
import { Note } from '../ui/Note.tsx';
import { PackageFacts } from '../ui/PackageView.tsx';
import { Part } from './Part.tsx';
import { type Given, needsName } from './readiness.ts';

/** A launch: what was found in it first, then what changed, then all of it. */
export function ConsentBody({
  subject,
  given,
  onGiven,
}: {
  subject: Extract<AskSubject, { kind: 'consent' }>;
  given: Given;
  onGiven: (given: Given) => void;
}) {
  return (
    <>
      <Note tone={subject.differences.length > 0 ? 'warn' : 'info'} title="It runs with your rights on this machine">
        Agree only if you know where every line comes from. Any later change asks again.
      </Note>
      {subject.findings.length > 0 && (
        <Part title="What to know first">
          <LaunchFindings launch={subject.launch} findings={subject.findings} />
        </Part>
      )}
      {subject.differences.length > 0 && (
        <Part title="Changed since you last agreed">
          <LaunchDifferences differences={subject.differences} />
        </Part>
      )}
      {subject.truth !== undefined && (
        <Part title="The package, as its registry says">
          <PackageFacts truth={subject.truth} />
        </Part>
      )}
      <LaunchView launch={subject.launch} findings={subject.findings} />
      {needsName(subject) && (
        <TextInput
          mono
          label={`Something severe was found. Type ${subject.server} to accept it.`}
          value={given.value}
          onChange={(event) => onGiven({ ...given, value: event.target.value })}
        />
      )}
      <p className="text-xs text-ink-faint">
        Consent binds to <Digest value={subject.launchDigest} />
      </p>
    </>
  );
}
