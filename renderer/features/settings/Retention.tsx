import { useState } from 'react';
import { FOR_EVER, type RetentionState, retentionWords } from '../../../main/contract/retention.ts';
import { Await } from '../../link/Await.tsx';
import { ProposalNotice } from '../../link/ProposalNotice.tsx';
import { useRetention } from '../../link/queries.ts';
import { useProposal } from '../../link/useProposal.ts';
import { Button } from '../../ui/Button.tsx';
import { TextInput } from '../../ui/Field.tsx';
import { Fact, Facts, Panel } from '../../ui/Panel.tsx';

const MB = 1e6;

/** How long arguments and results are kept. Records and their proof stay in any case. */
export function Retention() {
  const state = useRetention();
  return (
    <Panel
      title="Retention"
      note="Arguments and results can be dropped after a while. Their records stay, and the proof with them."
    >
      <Await query={state} rows={2}>
        {(now) => <Limits key={JSON.stringify(now.limits)} state={now} />}
      </Await>
    </Panel>
  );
}

function Limits({ state: { limits, kept, below } }: { state: RetentionState }) {
  const [days, setDays] = useState(limits.days?.toString() ?? '');
  const [size, setSize] = useState(limits.bytes === null ? '' : String(limits.bytes / MB));
  const change = useProposal((link) =>
    link.audit.setRetention({ ...FOR_EVER, records: limits.records, days: whole(days), bytes: bytesOf(size) }),
  );
  const wrong = [days, size].some((text) => text !== '' && !(Number(text) > 0));
  const same = whole(days) === limits.days && bytesOf(size) === limits.bytes;
  return (
    <form
      className="space-y-4"
      onSubmit={(event) => {
        event.preventDefault();
        change.propose();
      }}
    >
      <Facts>
        <Fact name="Kept">{retentionWords(limits)}</Fact>
        <Fact name="There are">
          {kept.payloads.toLocaleString()} arguments and results,{' '}
          {(kept.bytes / MB).toLocaleString(undefined, { maximumFractionDigits: 1 })} MB
          {below > 0 && `; those of the first ${below.toLocaleString()} records were dropped`}
        </Fact>
      </Facts>
      <div className="flex items-end gap-2">
        <div className="w-32">
          <TextInput
            label="At most days"
            inputMode="numeric"
            value={days}
            placeholder="for ever"
            onChange={(event) => setDays(event.target.value)}
          />
        </div>
        <div className="w-32">
          <TextInput
            label="At most MB"
            inputMode="decimal"
            value={size}
            placeholder="no limit"
            onChange={(event) => setSize(event.target.value)}
          />
        </div>
        <Button type="submit" busy={change.busy} disabled={wrong || same || change.view?.state === 'open'}>
          Change…
        </Button>
      </div>
      <ProposalNotice proposal={change} />
    </form>
  );
}

function whole(text: string): number | null {
  return text === '' ? null : Math.floor(Number(text));
}

function bytesOf(text: string): number | null {
  return text === '' ? null : Math.floor(Number(text) * MB);
}
