import { useMutation } from '@tanstack/react-query';
import { Laptop } from 'lucide-react';
import { useState } from 'react';
import type { FleetDevice } from '../../main/contract/collector.ts';
import { FORM_WORDS, sendingRows } from '../../main/contract/syncWords.ts';
import { Await } from '../link/Await.tsx';
import { refusalOf } from '../link/refusal.ts';
import { Badge } from '../ui/Badge.tsx';
import { Button } from '../ui/Button.tsx';
import { CopyButton } from '../ui/CopyButton.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Page } from '../ui/Page.tsx';
import { Panel } from '../ui/Panel.tsx';
import { EmptyState, ErrorState } from '../ui/States.tsx';
import { ago, fullTime } from '../ui/time.ts';
import { VisibleText } from '../ui/VisibleText.tsx';
import { healthOf } from './deviceHealth.ts';
import { fleet, queries, useDevices } from './fleet.ts';

/** Every device: whether it is there, how far behind, and whether its ledger still continues. */
export function Devices() {
  const devices = useDevices();
  const [enrolling, setEnrolling] = useState(false);
  const enrol = (
    <Button look="primary" onClick={() => setEnrolling(true)}>
      Enrol a device
    </Button>
  );
  return (
    <Page
      title="Devices"
      note="A device sends what its person agreed to, and proves each time that nothing before it changed."
      actions={enrol}
    >
      <Await query={devices}>
        {(list) =>
          list.length === 0 ? (
            <EmptyState icon={<Laptop size={20} />} title="No devices yet" action={enrol}>
              Make a code here and give it to the person at the device.
            </EmptyState>
          ) : (
            <Panel flush>
              <ul className="divide-y divide-line">
                {list.map((device) => (
                  <Device key={device.id} device={device} />
                ))}
              </ul>
            </Panel>
          )
        }
      </Await>
      <Dialog
        open={enrolling}
        onClose={() => setEnrolling(false)}
        title="Enrol a device"
        note="A code is good once, for thirty minutes."
      >
        {enrolling && <Code />}
      </Dialog>
    </Page>
  );
}

function Device({ device }: { device: FleetDevice }) {
  const { tone, label } = healthOf(device, Date.now());
  const revoke = useMutation({
    mutationFn: () => fleet.fleet.revoke({ id: device.id }),
    onSuccess: () => queries.invalidateQueries(),
  });
  const [sure, setSure] = useState(false);
  const { size, seen, lastSeenAt, breaks, sending } = device;
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-2 px-4 py-3">
      <div className="min-w-0 flex-1 basis-64">
        <p className="flex items-center gap-2 text-sm font-medium">
          <VisibleText text={device.name} breaks={false} />
          <Badge tone={tone}>{label}</Badge>
        </p>
        <p className="mt-0.5 text-sm text-ink-soft">
          {size.toLocaleString()} records
          {size < seen && <span className="text-warn-ink">, {(seen - size).toLocaleString()} behind</span>}
          {breaks > 0 && (
            <span className="text-bad-ink">
              , {breaks} {breaks === 1 ? 'break' : 'breaks'} of continuity
            </span>
          )}
        </p>
        {sending !== null && (
          <details className="mt-1 text-xs text-ink-faint">
            <summary className="cursor-default">What it sends</summary>
            <dl className="mt-1 grid grid-cols-[auto_1fr] gap-x-4 gap-y-0.5">
              {sendingRows(sending).map(({ what, form }) => (
                <div key={what} className="contents">
                  <dt>{what}</dt>
                  <dd>{FORM_WORDS[form]}</dd>
                </div>
              ))}
            </dl>
          </details>
        )}
      </div>
      <p className="text-xs text-ink-faint" title={lastSeenAt === null ? undefined : fullTime(lastSeenAt)}>
        {lastSeenAt === null ? 'not seen yet' : `seen ${ago(lastSeenAt, Date.now())}`}
      </p>
      {device.revokedAt === null && (
        <Button
          size="sm"
          look={sure ? 'danger' : 'dangerPlain'}
          busy={revoke.isPending}
          onBlur={() => setSure(false)}
          onClick={() => (sure ? revoke.mutate() : setSure(true))}
        >
          {sure ? 'Take nothing more from it' : 'Revoke'}
        </Button>
      )}
      {revoke.error !== null && <ErrorState refusal={refusalOf(revoke.error)} />}
    </li>
  );
}

function Code() {
  const make = useMutation({ mutationFn: () => fleet.fleet.code({ minutes: 30 }) });
  if (make.data === undefined) {
    return (
      <div className="space-y-3">
        <p className="text-sm text-ink-soft">
          The code names this organisation and the collector’s key, so the device knows whom it talks to. What it will
          send is decided at the device.
        </p>
        <Button look="primary" busy={make.isPending} onClick={() => make.mutate()}>
          Make a code
        </Button>
        {make.error !== null && <ErrorState refusal={refusalOf(make.error)} />}
      </div>
    );
  }
  const command = `countersign sync enroll ${location.origin} ${make.data.code}`;
  return (
    <div className="space-y-3">
      <p className="text-sm text-ink-soft">On the device, in its terminal or under Settings, Collector:</p>
      <p className="flex items-start gap-2">
        <code className="min-w-0 flex-1 rounded-md bg-sunken px-2 py-1.5 font-mono text-xs break-all">{command}</code>
        <CopyButton text={command} label="Copy the command" />
      </p>
      <p className="text-xs text-ink-faint">Good until {fullTime(make.data.until)}.</p>
    </div>
  );
}
