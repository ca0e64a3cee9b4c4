import { useState } from 'react';
import { DEFAULT_SENDING, type SyncSending, type SyncStatus } from '../../../main/contract/sync.ts';
import { behindWords, FORM_WORDS, sendingRows } from '../../../main/contract/syncWords.ts';
import { Await } from '../../link/Await.tsx';
import { ProposalNotice } from '../../link/ProposalNotice.tsx';
import { useSync } from '../../link/queries.ts';
import { useAction } from '../../link/useAction.ts';
import { useProposal } from '../../link/useProposal.ts';
import { Badge, type Tone } from '../../ui/Badge.tsx';
import { Button } from '../../ui/Button.tsx';
import { Select, TextInput } from '../../ui/Field.tsx';
import { Fact, Facts, Panel } from '../../ui/Panel.tsx';
import { ErrorState } from '../../ui/States.tsx';
import { ago } from '../../ui/time.ts';

const STATES: Record<SyncStatus['state'], { tone: Tone; label: string }> = {
  off: { tone: 'quiet', label: 'Not enrolled' },
  idle: { tone: 'good', label: 'Up to date' },
  sending: { tone: 'info', label: 'Sending' },
  waiting: { tone: 'warn', label: 'Trying again' },
  paused: { tone: 'warn', label: 'Paused' },
  stopped: { tone: 'bad', label: 'Stopped' },
};

/** Where this ledger is sent, how far that has come, and what leaves the machine. */
export function Collector() {
  const sync = useSync();
  const state = sync.data && STATES[sync.data.state];
  return (
    <Panel
      title={
        <span className="flex items-center gap-2">
          Collector {state !== undefined && <Badge tone={state.tone}>{state.label}</Badge>}
        </span>
      }
      note="A collector keeps a copy of this ledger and witnesses it: from then on nobody can rewrite it here unnoticed."
    >
      <Await query={sync} rows={3}>
        {(status) => (status.state === 'off' ? <Enrol /> : <Enrolled status={status} />)}
      </Await>
    </Panel>
  );
}

function Enrolled({ status }: { status: SyncStatus }) {
  const pause = useProposal((link) => link.sync.pause());
  const leave = useProposal((link) => link.sync.leave());
  const resume = useAction((link) => link.sync.resume());
  const { witnessed, sending, problem, records, received } = status;
  const resting = status.state === 'paused' || status.state === 'stopped';
  return (
    <div className="space-y-4">
      {problem !== null && <ErrorState refusal={problem} />}
      <Facts>
        <Fact name="Goes to">
          {status.organisation} <span className="text-ink-faint">{status.url}</span>
        </Fact>
        <Fact name="Received">
          {received.toLocaleString()} of {records.toLocaleString()} records
          {status.lag > 5 && <span className="text-warn-ink">, {behindWords(status.lag)} behind</span>}
        </Fact>
        <Fact name="Witnessed">
          {witnessed === null
            ? 'Nothing yet'
            : `The first ${witnessed.size.toLocaleString()} records, ${ago(witnessed.at, Date.now())}`}
        </Fact>
        {sending !== null &&
          sendingRows(sending).map(({ what, form }) => (
            <Fact key={what} name={what}>
              {FORM_WORDS[form]}
            </Fact>
          ))}
      </Facts>
      <div className="flex gap-2">
        {resting ? (
          <Button look="primary" busy={resume.busy} onClick={() => resume.run()}>
            Resume
          </Button>
        ) : (
          <Button busy={pause.busy} disabled={pause.view?.state === 'open'} onClick={() => pause.propose()}>
            Pause…
          </Button>
        )}
        <Button
          look="dangerPlain"
          busy={leave.busy}
          disabled={leave.view?.state === 'open'}
          onClick={() => leave.propose()}
        >
          Leave…
        </Button>
      </div>
      <ProposalNotice proposal={pause} />
      <ProposalNotice proposal={leave} />
    </div>
  );
}

const FORMS = [
  { value: 'everything', label: 'Everything, secrets masked' },
  { value: 'facets', label: 'Who, what, when, verdict' },
  { value: 'hash', label: 'A hash only' },
];
const CLASSES: readonly (readonly [keyof SyncSending, string])[] = [
  ['read', 'Reads'],
  ['read-sensitive', 'Sensitive reads'],
  ['write', 'Writes'],
  ['external', 'External'],
  ['other', 'All others'],
];

function Enrol() {
  const [url, setUrl] = useState('');
  const [code, setCode] = useState('');
  const [sending, setSending] = useState(DEFAULT_SENDING);
  const enrol = useProposal((link) => link.sync.enrol({ url: url.trim(), code: code.trim(), sending }));
  return (
    <form
      className="space-y-4"
      onSubmit={(event) => {
        event.preventDefault();
        enrol.propose();
      }}
    >
      <div className="grid gap-3 sm:grid-cols-2">
        <TextInput
          label="Address"
          placeholder="https://collector.example"
          value={url}
          onChange={(event) => setUrl(event.target.value)}
        />
        <TextInput
          label="Enrolment code"
          placeholder="from its console, good once"
          value={code}
          onChange={(event) => setCode(event.target.value)}
        />
      </div>
      <fieldset className="grid gap-3 sm:grid-cols-3">
        <legend className="mb-2 text-xs text-ink-faint">
          What leaves this machine. You see real records of yours before anything is sent.
        </legend>
        {CLASSES.map(([name, label]) => (
          <Select
            key={name}
            label={label}
            options={FORMS}
            value={sending[name]}
            onChange={(event) => setSending({ ...sending, [name]: event.target.value as SyncSending['read'] })}
          />
        ))}
      </fieldset>
      <Button
        type="submit"
        look="primary"
        busy={enrol.busy}
        disabled={url.trim() === '' || code.trim() === '' || enrol.view?.state === 'open'}
      >
        Enrol…
      </Button>
      <ProposalNotice proposal={enrol} />
    </form>
  );
}
