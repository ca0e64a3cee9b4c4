import type { AskSubject } from '../../main/contract/ask.ts';
import { Note } from '../ui/Note.tsx';
import { Fact, Facts } from '../ui/Panel.tsx';

/** Another person's device: its key, to be compared before its countersignature counts. */
export function ApproverBody({ subject }: { subject: Extract<AskSubject, { kind: 'approver' }> }) {
  return (
    <>
      <Note tone="warn" title="Its countersignature will count as a second person’s">
        Enrol a device that somebody else holds, and compare the fingerprint with what it shows of itself: under
        Settings there, or with “countersign approvers me”.
      </Note>
      <Facts>
        <Fact name="Fingerprint">
          <code className="font-mono text-sm break-all">{inFours(subject.fingerprint)}</code>
        </Fact>
        <Fact name="Key">
          <code className="font-mono text-xs break-all">{subject.key}</code>
        </Fact>
      </Facts>
    </>
  );
}

/** In groups of four, which two people can read to each other. */
function inFours(text: string): string {
  return (text.match(/.{1,4}/g) ?? []).join(' ');
}
