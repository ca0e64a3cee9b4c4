import { CLIENT_NAMES, type ClientChange } from '../../main/contract/client.ts';
import { DiffView } from './DiffView.tsx';

/** What changes in clients' files, one entry after the other. */
export function ClientChanges({ changes }: { changes: readonly ClientChange[] }) {
  return (
    <div className="space-y-3">
      {changes.map(({ client, file, entry, line, before, after }) => (
        <DiffView
          key={`${file} ${entry} ${line}`}
          name={`${CLIENT_NAMES[client]} › ${entry}, ${file}:${line}`}
          before={before}
          after={after}
        />
      ))}
    </div>
  );
}
