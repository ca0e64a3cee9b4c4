import { ArrowLeft } from 'lucide-react';
import type { RecordView } from '../../../main/contract/record.ts';
import { hrefOf } from '../../app/place.ts';
import { Await } from '../../link/Await.tsx';
import { useSessionRecords } from '../../link/queries.ts';
import { ClassBadge, VerdictBadge } from '../../ui/Badge.tsx';
import { ClientLine } from '../../ui/ClientLine.tsx';
import { Page } from '../../ui/Page.tsx';
import { Fact, Facts, Panel } from '../../ui/Panel.tsx';
import { EmptyState } from '../../ui/States.tsx';
import { Timeline } from '../../ui/Timeline.tsx';
import { duration, fullTime, shortTime } from '../../ui/time.ts';
import { VisibleText } from '../../ui/VisibleText.tsx';
import { type CallLine, callLines } from './calls.ts';
import { eventWords, toneOf } from './eventWords.ts';
import { touched } from './touched.ts';

/** One session from its first line to its last: what was read, what was written, and where something went. */
export function SessionScreen({ session }: { session: string }) {
  const query = useSessionRecords(session);
  return (
    <Page
      title="Session"
      note={session}
      before={
        <a href={hrefOf({ screen: 'audit', text: `session:${session}` })} className="flex items-center gap-1 text-sm">
          <ArrowLeft size={14} /> Its records
        </a>
      }
    >
      <Await query={query} rows={8}>
        {({ records, cut }) =>
          records.length === 0 ? (
            <EmptyState title="No such session">Nothing was recorded under this id.</EmptyState>
          ) : (
            <Told records={records} cut={cut} />
          )
        }
      </Await>
    </Page>
  );
}

function Told({ records, cut }: { records: readonly RecordView[]; cut: boolean }) {
  const lines = callLines(records);
  const { read, written, sent } = touched(records);
  const client = records.find((record) => record.client?.name != null)?.client ?? records[0]?.client;
  const denied = lines.filter(({ last }) => last.type === 'refused').length;
  return (
    <>
      <Panel title="What happened">
        <Facts>
          {client !== undefined && (
            <Fact name="Client">
              <ClientLine client={client} />
            </Fact>
          )}
          <Fact name="Server">{records.find(({ server }) => server !== undefined)?.server ?? 'none'}</Fact>
          <Fact name="Calls">
            {lines.filter(({ first }) => first.call !== undefined).length.toLocaleString()}, {denied.toLocaleString()}{' '}
            refused
          </Fact>
        </Facts>
      </Panel>
      <div className="grid gap-4 lg:grid-cols-3">
        <Places title="Read" places={read} none="No file or address was read." />
        <Places title="Written" places={written} none="Nothing was written." />
        <Places title="Sent out" places={sent} none="Nothing left this machine." />
      </div>
      <Panel title="Timeline" {...(cut && { note: 'Only the newest records are shown.' })}>
        <Timeline
          steps={lines.map((line) => ({
            key: line.id,
            tone: toneOf(line.last),
            title: <Title line={line} />,
            when: (
              <time dateTime={line.at} title={fullTime(line.at)}>
                {shortTime(line.at, Date.now())}
              </time>
            ),
            body: <Body line={line} />,
          }))}
        />
      </Panel>
    </>
  );
}

function Places({ title, places, none }: { title: string; places: readonly string[]; none: string }) {
  return (
    <Panel title={places.length === 0 ? title : `${title} (${places.length})`}>
      {places.length === 0 ? (
        <p className="text-sm text-ink-faint">{none}</p>
      ) : (
        <ul className="max-h-56 space-y-1 overflow-y-auto font-mono text-xs">
          {places.map((place) => (
            <li key={place} className="break-all">
              <VisibleText text={place} breaks={false} />
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

function Title({ line: { id, first, last } }: { line: CallLine }) {
  const words = first.tool === undefined ? eventWords(last) : `${first.server} › ${first.tool}`;
  return (
    <a href={hrefOf({ screen: 'audit', record: id })} className="hover:underline">
      <VisibleText text={words} breaks={false} />
    </a>
  );
}

function Body({ line: { first, last } }: { line: CallLine }) {
  if (first.call === undefined) return last.reason === undefined ? null : <VisibleText text={last.reason} />;
  return (
    <p className="flex flex-wrap items-center gap-2">
      {first.class !== undefined && <ClassBadge value={first.class} />}
      {last.decision !== undefined && <VerdictBadge value={last.decision} />}
      <span>{eventWords(last)}</span>
      {last.code !== undefined && <code className="font-mono text-xs text-bad-ink">{last.code}</code>}
      {last.durationMs !== undefined && <span className="text-xs text-ink-faint">{duration(last.durationMs)}</span>}
    </p>
  );
}
