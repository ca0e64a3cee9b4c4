import { CircleAlert, CircleCheck, TriangleAlert } from 'lucide-react';
import type { DaemonStatus, DoctorCheck } from '../../../main/contract/status.ts';
import { Await } from '../../link/Await.tsx';
import { ProposalNotice } from '../../link/ProposalNotice.tsx';
import { useDoctor, useStatus } from '../../link/queries.ts';
import { useProposal } from '../../link/useProposal.ts';
import { Badge, type Tone } from '../../ui/Badge.tsx';
import { Button } from '../../ui/Button.tsx';
import { Page } from '../../ui/Page.tsx';
import { Fact, Facts, Panel } from '../../ui/Panel.tsx';
import { ErrorState } from '../../ui/States.tsx';
import { fullTime } from '../../ui/time.ts';
import { Approvers } from './Approvers.tsx';
import { Collector } from './Collector.tsx';
import { Retention } from './Retention.tsx';
import { ThemeChoice } from './ThemeChoice.tsx';
import { Wanted } from './Wanted.tsx';

/** How this device stands, the passcode, and how the app looks. */
export function SettingsScreen() {
  const doctor = useDoctor();
  const status = useStatus();
  return (
    <Page title="Settings">
      <Panel
        title="Doctor"
        note="What protects you here, and what is missing."
        actions={
          <Button size="sm" busy={doctor.isFetching} onClick={() => void doctor.refetch()}>
            Check again
          </Button>
        }
        flush
      >
        <Await query={doctor}>
          {(checks) => (
            <ul className="divide-y divide-line">
              {checks.map((check) => (
                <Check key={check.id} check={check} />
              ))}
            </ul>
          )}
        </Await>
      </Panel>
      <Await query={status} rows={2}>
        {(now) => (
          <>
            {now.problems.map((problem) => (
              <ErrorState key={`${problem.code}${problem.detail}`} refusal={problem} />
            ))}
            <Passcode state={now.passcode} />
            <Device status={now} />
            <Approvers />
            <Collector />
            <Retention />
          </>
        )}
      </Await>
      <Panel title="Appearance">
        <ThemeChoice />
      </Panel>
    </Page>
  );
}

const CHECKS = {
  ok: { icon: CircleCheck, ink: 'text-good-ink', word: 'in order' },
  warning: { icon: TriangleAlert, ink: 'text-warn-ink', word: 'warning' },
  failed: { icon: CircleAlert, ink: 'text-bad-ink', word: 'failed' },
} as const;

function Check({ check }: { check: DoctorCheck }) {
  const { icon: Icon, ink, word } = CHECKS[check.state];
  return (
    <li className="flex items-start gap-3 px-4 py-2.5">
      <Icon role="img" aria-label={word} size={16} className={`mt-0.5 shrink-0 ${ink}`} />
      <div className="min-w-0 text-sm">
        <p className="font-medium">{check.title}</p>
        <p className="break-words whitespace-pre-line text-ink-soft">{check.found}</p>
        {check.fix !== null && <p className="mt-0.5 text-ink-faint">{check.fix}</p>}
      </div>
    </li>
  );
}

const PASSCODES: Record<DaemonStatus['passcode'], { tone: Tone; label: string; text: string }> = {
  set: {
    tone: 'good',
    label: 'Set',
    text: 'Asked for what is most dangerous, and where there is no window to approve in.',
  },
  missing: { tone: 'quiet', label: 'Not set', text: 'Without one, nothing that needs it can be approved.' },
  locked: { tone: 'bad', label: 'Locked', text: 'Too many wrong attempts: locked for a while.' },
  void: {
    tone: 'bad',
    label: 'Void',
    text: 'It was changed from outside Countersign, so it no longer counts. Choose a new one.',
  },
};

function Passcode({ state }: { state: DaemonStatus['passcode'] }) {
  const set = useProposal((link) => link.passcode.set());
  const { tone, label, text } = PASSCODES[state];
  return (
    <Panel
      title={
        <span className="flex items-center gap-2">
          Passcode <Badge tone={tone}>{label}</Badge>
        </span>
      }
      actions={
        <Button busy={set.busy} disabled={set.view?.state === 'open'} onClick={() => set.propose()}>
          {state === 'missing' ? 'Set passcode' : 'Change passcode'}
        </Button>
      }
    >
      <div className="space-y-3">
        <p className="text-sm text-ink-soft">{text} Never type it where an agent can read along.</p>
        <Wanted />
        <ProposalNotice proposal={set} />
      </div>
    </Panel>
  );
}

function Device({ status }: { status: DaemonStatus }) {
  const modes = {
    app: 'App: the approval window approves',
    headless: 'Headless: the passcode approves',
    'look-only': 'Look only: nobody can approve',
  };
  return (
    <Panel title="This device">
      <Facts>
        <Fact name="Mode">{modes[status.mode]}</Fact>
        <Fact name="Keys and secrets">{status.keystore.detail}</Fact>
        <Fact name="Device key">
          <code className="font-mono text-xs break-all">{status.device ?? 'none yet'}</code>
        </Fact>
        <Fact name="Folder">
          <code className="font-mono text-xs break-all">{status.home}</code>
        </Fact>
        <Fact name="Daemon">
          Version {status.version}, process {status.pid}, since {fullTime(status.since)}
        </Fact>
        <Fact name="Ledger">{status.records.toLocaleString()} records</Fact>
      </Facts>
    </Panel>
  );
}
