import { SearchX } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import type { FleetRecord } from '../../main/contract/collector.ts';
import { refusalOf } from '../link/refusal.ts';
import { Badge, ClassBadge, VerdictBadge } from '../ui/Badge.tsx';
import { Drawer } from '../ui/Dialog.tsx';
import { SearchInput, Select } from '../ui/Field.tsx';
import { JsonTree } from '../ui/JsonTree.tsx';
import { Page } from '../ui/Page.tsx';
import { Fact, Facts } from '../ui/Panel.tsx';
import { EmptyState, ErrorState, LoadingState } from '../ui/States.tsx';
import { type Column, Table } from '../ui/Table.tsx';
import { fullTime, shortTime } from '../ui/time.ts';
import { VisibleText } from '../ui/VisibleText.tsx';
import { visibleString } from '../ui/visible.ts';
import { type Search, useDevices, useRecords } from './fleet.ts';

const COLUMNS: readonly Column<FleetRecord>[] = [
  {
    key: 'time',
    title: 'Time',
    width: '8rem',
    cell: ({ facets, receivedAt }) => shortTime(facets.at ?? receivedAt, Date.now()),
  },
  {
    key: 'device',
    title: 'Device',
    width: 'minmax(0, 1.4fr)',
    cell: ({ deviceName }) => <VisibleText text={deviceName} breaks={false} />,
  },
  {
    key: 'record',
    title: 'Record',
    width: 'minmax(0, 1fr)',
    cell: ({ facets }) => (
      <VisibleText text={`${facets.type ?? ''}: ${facets.event?.replaceAll('-', ' ') ?? ''}`} breaks={false} />
    ),
  },
  {
    key: 'what',
    title: 'What',
    width: 'minmax(0, 1.6fr)',
    cell: ({ facets: { server, tool } }) => (
      <VisibleText text={[server, tool].filter((name) => name !== undefined).join(' › ')} breaks={false} />
    ),
  },
  {
    key: 'verdict',
    title: 'Verdict',
    width: '6rem',
    cell: ({ facets: { decision } }) => decision !== undefined && <VerdictBadge value={decision} />,
  },
];

const keyOf = ({ device, epoch, seq }: FleetRecord) => `${device}-${epoch}-${seq}`;
const DECISIONS = [
  { value: '', label: 'Every verdict' },
  { value: 'allow', label: 'Allowed' },
  { value: 'ask', label: 'Asked' },
  { value: 'deny', label: 'Denied' },
];

/** Rows before the end at which more are asked for. */
const AHEAD = 20;

/** What happened on any device of the organisation, as far as it was sent. */
export function Records() {
  const [search, setSearch] = useState<Search>({ words: '', device: '', decision: '' });
  const asked = useDeferredValue(search);
  const pages = useRecords({ ...asked, words: asked.words.trim() });
  const devices = useDevices();
  const [opened, setOpened] = useState<FleetRecord | null>(null);
  const rows = pages.data?.pages.flatMap(({ records }) => records) ?? [];
  const named = (devices.data ?? []).map(({ id, name }) => ({ value: id, label: visibleString(name) }));
  return (
    <Page title="Search" note="Across every device, newest first." fill>
      <div className="mb-3 flex flex-wrap gap-2">
        <div className="min-w-56 flex-1">
          <SearchInput
            label="Words"
            placeholder="Words that all occur: a tool, a path, a name…"
            value={search.words}
            onChange={(event) => setSearch({ ...search, words: event.target.value })}
          />
        </div>
        <Select
          bare
          label="Device"
          options={[{ value: '', label: 'Every device' }, ...named]}
          value={search.device}
          onChange={(event) => setSearch({ ...search, device: event.target.value })}
        />
        <Select
          bare
          label="Verdict"
          options={DECISIONS}
          value={search.decision}
          onChange={(event) => setSearch({ ...search, decision: event.target.value as Search['decision'] })}
        />
      </div>
      <div className="flex min-h-0 flex-1 flex-col overflow-hidden rounded-xl border border-line bg-panel shadow-panel">
        {pages.error !== null && rows.length === 0 ? (
          <div className="p-4">
            <ErrorState refusal={refusalOf(pages.error)} onRetry={() => void pages.refetch()} />
          </div>
        ) : pages.isPending || pages.looksOn ? (
          <LoadingState rows={8} />
        ) : rows.length === 0 ? (
          <EmptyState icon={<SearchX size={20} />} title="Nothing found">
            {search.words === '' && search.decision === '' && search.device === ''
              ? 'Records appear here as soon as an enrolled device sends some.'
              : 'Nothing that was sent matches all of it. What devices keep private can only be found on them.'}
          </EmptyState>
        ) : (
          <Table
            label="Records"
            rows={rows}
            columns={COLUMNS}
            keyOf={keyOf}
            selected={opened === null ? undefined : keyOf(opened)}
            onOpen={setOpened}
            onSight={({ end }) => {
              if (end > rows.length - AHEAD && pages.hasNextPage && !pages.isFetching) void pages.fetchNextPage();
            }}
          />
        )}
      </div>
      <Drawer
        open={opened !== null}
        onClose={() => setOpened(null)}
        title={opened === null ? '' : `Record ${opened.seq.toLocaleString()}`}
        note={opened === null ? undefined : `Received ${fullTime(opened.receivedAt)}`}
      >
        {opened !== null && <Detail record={opened} />}
      </Drawer>
    </Page>
  );
}

function Detail({ record: { deviceName, epoch, facets, leaf, payload } }: { record: FleetRecord }) {
  const { at, class: toolClass, decision, ...rest } = facets;
  return (
    <div className="space-y-5">
      <div className="flex gap-2">
        {toolClass !== undefined && <ClassBadge value={toolClass} />}
        {decision !== undefined && <VerdictBadge value={decision} />}
        {leaf === null && <Badge>Facets only</Badge>}
      </div>
      <Facts>
        <Fact name="device">
          <VisibleText text={deviceName} breaks={false} />
          {epoch > 1 && ` (epoch ${epoch})`}
        </Fact>
        {at !== undefined && <Fact name="time">{fullTime(at)}</Fact>}
        {Object.entries(rest).map(([name, value]) => (
          <Fact key={name} name={name}>
            <VisibleText text={String(value)} breaks={false} />
          </Fact>
        ))}
      </Facts>
      {payload !== null && (
        <section aria-label="Content" className="space-y-1.5">
          <h3 className="text-xs font-semibold text-ink-soft">Arguments or result, as it was kept</h3>
          <JsonTree text={payload} name="Content" />
        </section>
      )}
      {leaf !== null && (
        <section aria-label="Leaf" className="space-y-1.5">
          <h3 className="text-xs font-semibold text-ink-soft">The leaf, as the device signed it</h3>
          <JsonTree text={leaf} name="Leaf" />
        </section>
      )}
    </div>
  );
}
