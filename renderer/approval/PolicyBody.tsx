import type { AskSubject } from '../../main/contract/ask.ts';
import { DiffView } from '../ui/DiffView.tsx';
import { Note } from '../ui/Note.tsx';

/** Policy files that differ from what is in force. */
export function PolicyBody({ subject }: { subject: Extract<AskSubject, { kind: 'policy' }> }) {
  return (
    <>
      <Note tone="warn" title="Rules decide what runs without asking you">
        If you did not change these files yourself, deny.
      </Note>
      {subject.files.map((file) => (
        <DiffView key={file.file} name={file.file} before={file.before} after={file.after} />
      ))}
    </>
  );
}
