import { useState } from 'react';
import type { Approver } from '../../../main/contract/second.ts';
import { Await } from '../../link/Await.tsx';
import { ProposalNotice } from '../../link/ProposalNotice.tsx';
import { useApprovers, useOwnDevice } from '../../link/queries.ts';
import { useAction } from '../../link/useAction.ts';
import { useProposal } from '../../link/useProposal.ts';
import { Button } from '../../ui/Button.tsx';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { TextInput } from '../../ui/Field.tsx';
import { Fact, Facts, Panel } from '../../ui/Panel.tsx';
import { ErrorState } from '../../ui/States.tsx';
import { fullTime } from '../../ui/time.ts';
import { VisibleText } from '../../ui/VisibleText.tsx';

/** Whose countersignature counts as a second person's, and what others enrol this device by. */
export function Approvers() {
  const list = useApprovers();
  const self = useOwnDevice();
  return (
    <Panel
      title="Second person"
      note="Where policy wants two people, the second one answers on a device of their own that is enrolled here."
    >
      <div className="space-y-4">
        <Await query={self} rows={1}>
          {({ key, fingerprint }) => (
            <Facts>
              <Fact name="This device’s key">
                <span className="flex items-center gap-2">
                  <code className="min-w-0 font-mono text-xs break-all">{key}</code>
                  <CopyButton text={key} label="Copy the key" />
                </span>
              </Fact>
              <Fact name="Fingerprint">
                <code className="font-mono text-xs break-all">{fingerprint}</code>
              </Fact>
            </Facts>
          )}
        </Await>
        <Await query={list} rows={1}>
          {(approvers) =>
            approvers.length === 0 ? (
              <p className="text-sm text-ink-faint">
                No device is enrolled: a call that needs two people cannot be approved.
              </p>
            ) : (
              <ul className="divide-y divide-line rounded-lg border border-line">
                {approvers.map((approver) => (
                  <Enrolled key={approver.fingerprint} approver={approver} />
                ))}
              </ul>
            )
          }
        </Await>
        <Enrol />
      </div>
    </Panel>
  );
}

function Enrolled({ approver: { name, fingerprint, addedBy, addedAt } }: { approver: Approver }) {
  const remove = useAction((link) => link.approvers.remove({ fingerprint }));
  return (
    <li className="flex items-start gap-3 px-3 py-2 text-sm">
      <div className="min-w-0 flex-1">
        <p className="font-medium">
          <VisibleText text={name} />
        </p>
        <p className="font-mono text-xs break-all text-ink-faint">{fingerprint}</p>
        <p className="text-xs text-ink-faint">
          Enrolled by {addedBy}, {fullTime(addedAt)}
        </p>
        {remove.refusal !== null && <ErrorState refusal={remove.refusal} />}
      </div>
      <Button size="sm" busy={remove.busy} onClick={() => remove.run()}>
        Remove
      </Button>
    </li>
  );
}

function Enrol() {
  const [name, setName] = useState('');
  const [key, setKey] = useState('');
  const add = useProposal((link) => link.approvers.add({ name: name.trim(), key: key.trim() }));
  return (
    <form
      className="space-y-3"
      onSubmit={(event) => {
        event.preventDefault();
        add.propose();
      }}
    >
      <div className="flex items-end gap-2">
        <div className="w-48">
          <TextInput
            label="Whose device"
            value={name}
            maxLength={80}
            placeholder="Grace’s laptop"
            onChange={(event) => setName(event.target.value)}
          />
        </div>
        <div className="min-w-0 flex-1">
          <TextInput
            mono
            label="Its key, as it shows it"
            value={key}
            onChange={(event) => setKey(event.target.value)}
          />
        </div>
        <Button
          type="submit"
          busy={add.busy}
          disabled={name.trim() === '' || key.trim() === '' || add.view?.state === 'open'}
        >
          Enrol…
        </Button>
      </div>
      <ProposalNotice proposal={add} />
    </form>
  );
}
