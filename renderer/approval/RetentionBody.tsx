import type { AskSubject } from '../../main/contract/ask.ts';
import { droppedWords, retentionWords } from '../../main/contract/retention.ts';
import { Note } from '../ui/Note.tsx';
import { Fact, Facts } from '../ui/Panel.tsx';

/** How long arguments and results are kept: what changes, and what is gone at once. */
export function RetentionBody({ subject }: { subject: Extract<AskSubject, { kind: 'retention' }> }) {
  const { before, after, drops } = subject;
  return (
    <>
      {drops.payloads > 0 && (
        <Note tone="warn" title="What is dropped cannot be brought back">
          The records stay, and still prove that nothing was altered, but not what was asked and answered.
        </Note>
      )}
      <Facts>
        <Fact name="Until now">{retentionWords(before)}</Fact>
        <Fact name="From now on">{retentionWords(after)}</Fact>
        <Fact name="Dropped at once">{droppedWords(drops)}</Fact>
      </Facts>
    </>
  );
}
