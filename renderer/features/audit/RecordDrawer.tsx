import { Link } from 'lucide-react';
import type { RecordView } from '../../../main/contract/record.ts';
import { hrefOf } from '../../app/place.ts';
import { Await } from '../../link/Await.tsx';
import { useCall } from '../../link/queries.ts';
import { useAction } from '../../link/useAction.ts';
import { ClassBadge, VerdictBadge } from '../../ui/Badge.tsx';
import { Button } from '../../ui/Button.tsx';
import { ClientLine } from '../../ui/ClientLine.tsx';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { Drawer } from '../../ui/Dialog.tsx';
import { Digest } from '../../ui/Digest.tsx';
import { Fact, Facts } from '../../ui/Panel.tsx';
import { ErrorState } from '../../ui/States.tsx';
import { Timeline } from '../../ui/Timeline.tsx';
import { duration, fullTime, shortTime } from '../../ui/time.ts';
import { VisibleText } from '../../ui/VisibleText.tsx';
import { eventWords, toneOf } from './eventWords.ts';
import { RecordPayload } from './RecordPayload.tsx';
import { wayWords } from './wayWords.ts';

/** A record with the rest of its call or question: what was meant, asked, answered, and what came of it. */
export function RecordDrawer({
  record,
  marked,
  onMark,
  onCompare,
  onClose,
}: {
  record: string | null;
  /** The record of the call that others are compared with. */
  marked: string | null;
  onMark: (record: string) => void;
  onCompare: (record: string) => void;
  onClose: () => void;
}) {
  const call = useCall(record);
  const chosen = call.data?.find((candidate) => candidate.id === record);
  const title =
    chosen === undefined
      ? 'Record'
      : chosen.tool === undefined
        ? eventWords(chosen)
        : `${chosen.server} › ${chosen.tool}`;
  return (
    <Drawer
      open={record !== null}
      onClose={onClose}
      title={<VisibleText text={title} breaks={false} />}
      note={chosen === undefined ? undefined : `Leaf ${chosen.seq}, ${fullTime(chosen.at)}`}
    >
      <Await query={call}>
        {(records) => (
          <div className="space-y-6">
            {chosen !== undefined && (
              <div className="flex flex-wrap items-center gap-2">
                <CopyButton text={JSON.stringify(records, null, 2)} label="Copy as JSON" />
                <CopyButton text={location.href} label="Copy a link to this record" icon={<Link size={14} />} />
                <Proof record={chosen.id} />
                {chosen.call !== undefined &&
                  (marked === null || marked === chosen.id ? (
                    <Button size="sm" disabled={marked === chosen.id} onClick={() => onMark(chosen.id)}>
                      {marked === chosen.id ? 'Marked to compare' : 'Mark to compare'}
                    </Button>
                  ) : (
                    <Button size="sm" onClick={() => onCompare(chosen.id)}>
                      Compare with the marked call
                    </Button>
                  ))}
              </div>
            )}
            {chosen !== undefined && (
              <About
                record={chosen}
                first={records[0] ?? chosen}
                intent={records.find(({ type }) => type === 'intent')}
              />
            )}
            <section aria-label="Timeline">
              <h3 className="mb-3 text-xs font-semibold text-ink-soft">What happened</h3>
              <Timeline
                steps={records.map((step) => ({
                  key: step.id,
                  tone: toneOf(step),
                  title: eventWords(step),
                  when: (
                    <time dateTime={step.at} title={fullTime(step.at)}>
                      {shortTime(step.at, Date.now())}
                    </time>
                  ),
                  body: <Step record={step} />,
                }))}
              />
            </section>
          </div>
        )}
      </Await>
    </Drawer>
  );
}

/** Fetches the proof that the record is in the signed ledger, for somebody who has only the public key. */
function Proof({ record }: { record: string }) {
  const prove = useAction((link) => link.audit.prove({ id: record }));
  if (prove.result !== undefined) return <CopyButton text={JSON.stringify(prove.result)} label="Copy the proof" />;
  return (
    <>
      <Button size="sm" busy={prove.busy} onClick={() => prove.run()}>
        Prove
      </Button>
      {prove.refusal !== null && <ErrorState refusal={prove.refusal} />}
    </>
  );
}

const SOURCES = {
  client_meta: 'the client says so',
  hook: 'a hook in the client says so',
  transcript: 'from the client’s transcript',
  otel: 'from telemetry',
  user: 'a person says so',
  unknown: 'source unknown',
} as const;

function About({ record, first, intent }: { record: RecordView; first: RecordView; intent: RecordView | undefined }) {
  const client = record.client ?? first.client;
  const { model, prompt } = intent ?? record;
  return (
    <Facts>
      {client !== undefined && (
        <Fact name="Client">
          <ClientLine client={client} />
        </Fact>
      )}
      {record.session !== undefined && (
        <Fact name="Session">
          <a href={hrefOf({ screen: 'session', session: record.session })} className="text-accent-ink underline">
            What it did, from its first line to its last
          </a>
        </Fact>
      )}
      {record.class !== undefined && (
        <Fact name="Class">
          <ClassBadge value={record.class} />
        </Fact>
      )}
      {record.call !== undefined && (
        <>
          <Fact name="Model">
            {model === undefined ? 'Not provided by the client' : `${model.value} (${SOURCES[model.source]})`}
          </Fact>
          <Fact name="Prompt">
            {prompt === undefined ? 'Not provided by the client' : 'First in what happened, below'}
          </Fact>
        </>
      )}
      {Object.entries(record.ids ?? {}).map(([name, value]) => (
        <Fact key={name} name={name}>
          <code className="font-mono text-xs break-all">
            <VisibleText text={value} breaks={false} />
          </code>
        </Fact>
      ))}
      {Object.entries(record.digests ?? {}).map(([name, value]) => (
        <Fact key={name} name={`Digest, ${name}`}>
          <Digest value={value} />
        </Fact>
      ))}
    </Facts>
  );
}

function Step({ record }: { record: RecordView }) {
  return (
    <div className="space-y-2">
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
        {record.decision !== undefined && <VerdictBadge value={record.decision} />}
        {record.person !== undefined && <span>by {record.person}</span>}
        {record.via !== undefined && <span className="text-ink-faint">{wayWords(record.via)}</span>}
        {record.durationMs !== undefined && <span className="text-ink-faint">{duration(record.durationMs)}</span>}
        {record.rule !== undefined && (
          <span className="text-xs text-ink-faint">
            rule <code className="font-mono">{record.rule.id}</code>
            {record.rule.file !== null &&
              `, ${record.rule.file}${record.rule.line === null ? '' : `:${record.rule.line}`}`}
          </span>
        )}
      </p>
      {record.reason !== undefined && (
        <p>
          <VisibleText text={record.reason} />
        </p>
      )}
      {record.code !== undefined && <p className="font-mono text-xs text-bad-ink">{record.code}</p>}
      {record.detail !== undefined && (
        <ul className="text-xs text-ink-faint">
          {Object.entries(record.detail).map(([name, value]) => (
            <li key={name}>
              {name}: <VisibleText text={String(value)} breaks={false} />
            </li>
          ))}
        </ul>
      )}
      <RecordPayload record={record} />
    </div>
  );
}
