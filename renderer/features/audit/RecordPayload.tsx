import { policySubject } from '../../../main/contract/ask.ts';
import { readChanges } from '../../../main/contract/change.ts';
import type { RecordView } from '../../../main/contract/record.ts';
import { ChangeView } from '../../ui/ChangeView.tsx';
import { DiffView } from '../../ui/DiffView.tsx';
import { JsonTree } from '../../ui/JsonTree.tsx';
import { parsed } from '../../ui/jsonText.ts';

const NAMES = {
  arguments: 'Arguments',
  result: 'Result',
  prompt: 'What the person had asked for',
  subject: 'What it was about',
} as const;

/** A question about policy files keeps what they said and would say. */
const filesAsked = policySubject.pick({ kind: true, files: true });

/** What was kept with a record: differences line by line where it tells of any, otherwise a tree. */
export function RecordPayload({ record: { payload, payloadText } }: { record: RecordView }) {
  if (payloadText === null) return null;
  const name = NAMES[payload?.kind ?? 'arguments'];
  const masked = payload?.masked.length ?? 0;
  const changes = readChanges(payloadText);
  const files = filesAsked.safeParse(parsed(payloadText)).data?.files;
  return (
    <div className="space-y-1">
      <p className="text-xs text-ink-faint">
        {changes === null ? name : 'What it would change, as it was shown'}
        {masked > 0 && `, ${masked} masked`}
      </p>
      {changes !== null ? (
        changes.map((change) => <ChangeView key={change.path} change={change} />)
      ) : files !== undefined ? (
        files.map(({ file, before, after }) => <DiffView key={file} name={file} before={before} after={after} />)
      ) : (
        <JsonTree text={payloadText} name={name} />
      )}
    </div>
  );
}
