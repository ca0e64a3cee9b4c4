import { CornerDownLeft } from 'lucide-react';
import { useId, useState } from 'react';
import type { AuditPlace } from '../../../main/contract/audit.ts';
import type { Action } from '../../link/useAction.ts';
import { IconButton } from '../../ui/Button.tsx';
import { SearchInput } from '../../ui/Field.tsx';

/** A time to go to in the table, in the words of the search. */
export function GoTo({ finding }: { finding: Action<AuditPlace, number | null> }) {
  const id = useId();
  const [time, setTime] = useState('');
  const { refusal } = finding;
  return (
    <form
      className="w-44 shrink-0"
      onSubmit={(event) => {
        event.preventDefault();
        if (time.trim() !== '') finding.run({ time: time.trim() });
      }}
    >
      <div className="relative">
        <SearchInput
          label="Go to a time"
          type="text"
          placeholder="Go to: 2h, monday…"
          title="yesterday, monday, 2h (ago), 2026-11-01, 2026-11-01T12:30"
          value={time}
          aria-invalid={refusal !== null}
          aria-describedby={id}
          onChange={(event) => {
            setTime(event.target.value);
            finding.reset();
          }}
          className="pr-8"
        />
        <IconButton
          label="Go"
          type="submit"
          aria-busy={finding.busy || undefined}
          className="absolute top-0.5 right-0.5"
        >
          <CornerDownLeft size={14} />
        </IconButton>
      </div>
      <p id={id} role="status" className="text-xs text-bad-ink empty:hidden">
        {refusal !== null && (refusal.detail ?? refusal.message)}
      </p>
    </form>
  );
}
