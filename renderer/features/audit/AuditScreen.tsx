import { ScrollText } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import type { RecordView } from '../../../main/contract/record.ts';
import { useAudit, useServers } from '../../link/queries.ts';
import { refusalOf } from '../../link/refusal.ts';
import { ClassBadge, VerdictBadge } from '../../ui/Badge.tsx';
import { SearchInput, Select } from '../../ui/Field.tsx';
import { Page } from '../../ui/Page.tsx';
import { EmptyState, ErrorState, LoadingState } from '../../ui/States.tsx';
import { StatusDot } from '../../ui/StatusDot.tsx';
import { type Column, Table } from '../../ui/Table.tsx';
import { duration, fullTime, shortTime } from '../../ui/time.ts';
import { VisibleText } from '../../ui/VisibleText.tsx';
import { eventWords, TYPE_OPTIONS, toneOf } from './eventWords.ts';
import { type Filter, NO_FILTER, queryOf } from './filter.ts';
import { RecordDrawer } from './RecordDrawer.tsx';
import { Verify } from './Verify.tsx';

const COLUMNS: readonly Column<RecordView>[] = [
  {
    key: 'seq',
    title: 'Leaf',
    width: '3rem',
    align: 'right',
    cell: (r) => <span className="text-xs text-ink-faint">{r.seq}</span>,
  },
  {
    key: 'at',
    title: 'Time',
    width: '5.5rem',
    cell: (r) => (
      <time dateTime={r.at} title={fullTime(r.at)} className="text-xs text-ink-soft tabular-nums">
        {shortTime(r.at, Date.now())}
      </time>
    ),
  },
  {
    key: 'event',
    title: 'What',
    width: 'minmax(8rem, 1.2fr)',
    cell: (r) => (
      <span className="flex items-center gap-2">
        <StatusDot tone={toneOf(r)} />
        <span className="truncate">{eventWords(r)}</span>
      </span>
    ),
  },
  {
    key: 'subject',
    title: 'Where',
    width: 'minmax(8.5rem, 2fr)',
    cell: (r) => (
      <span className="font-mono text-xs">
        <VisibleText
          text={[r.server, r.tool ?? r.method].filter((part) => part !== undefined).join(' › ')}
          breaks={false}
        />
      </span>
    ),
  },
  {
    key: 'class',
    title: 'Class',
    width: '6.5rem',
    cell: (r) => r.class !== undefined && <ClassBadge value={r.class} />,
  },
  {
    key: 'decision',
    title: 'Verdict',
    width: '4.5rem',
    cell: (r) => r.decision !== undefined && <VerdictBadge value={r.decision} />,
  },
  {
    key: 'who',
    title: 'Who',
    width: 'minmax(5rem, 1fr)',
    cell: (r) => (
      <span className="text-xs text-ink-soft">
        {r.person ?? <VisibleText text={r.client?.name ?? ''} breaks={false} />}
      </span>
    ),
  },
  {
    key: 'took',
    title: 'Took',
    width: '4rem',
    align: 'right',
    cell: (r) => (
      <span className="text-xs text-ink-faint">{r.durationMs === undefined ? '' : duration(r.durationMs)}</span>
    ),
  },
];

/** Everything that was asked, decided and answered, newest first, live. */
export function AuditScreen() {
  const [filter, setFilter] = useState<Filter>(NO_FILTER);
  const [selected, setSelected] = useState<string | null>(null);
  const deferred = useDeferredValue(filter);
  const query = useAudit(queryOf(deferred));
  const rows = query.data?.pages.flatMap((page) => page.records) ?? [];
  const total = query.data?.pages[0]?.total;
  return (
    <Page
      fill
      title="Audit"
      note={
        total === undefined
          ? undefined
          : `${total.toLocaleString()} ${total === 1 ? 'record' : 'records'}, newest first.`
      }
      actions={<Verify />}
    >
      <Filters filter={filter} onChange={setFilter} />
      <section
        aria-label="Records"
        className="flex min-h-0 flex-1 flex-col overflow-hidden rounded-xl border border-line bg-panel shadow-panel"
      >
        {query.data === undefined ? (
          query.error === null ? (
            <LoadingState rows={10} />
          ) : (
            <div className="p-4">
              <ErrorState refusal={refusalOf(query.error)} onRetry={() => void query.refetch()} />
            </div>
          )
        ) : rows.length === 0 ? (
          <EmptyState
            icon={<ScrollText size={20} />}
            title={filter === NO_FILTER ? 'Nothing recorded yet' : 'No record fits'}
          >
            {filter === NO_FILTER
              ? 'Every call, decision and answer will stand here.'
              : 'Take a word or a filter away.'}
          </EmptyState>
        ) : (
          <Table
            label="Records"
            rows={rows}
            columns={COLUMNS}
            keyOf={(record) => record.id}
            selected={selected ?? undefined}
            onOpen={(record) => setSelected(record.id)}
            onEnd={() => {
              if (query.hasNextPage && !query.isFetchingNextPage) void query.fetchNextPage();
            }}
          />
        )}
      </section>
      <RecordDrawer record={selected} onClose={() => setSelected(null)} />
    </Page>
  );
}

function Filters({ filter, onChange }: { filter: Filter; onChange: (filter: Filter) => void }) {
  const servers = useServers().data ?? [];
  return (
    <div role="toolbar" aria-label="Filter records" className="flex items-center gap-2 pb-3">
      <SearchInput
        label="Search the audit"
        placeholder="Words in a record, its arguments or its result"
        value={filter.words}
        onChange={(event) => onChange({ ...filter, words: event.target.value })}
        className="max-w-md flex-1"
      />
      <Select
        bare
        label="Type"
        options={TYPE_OPTIONS}
        value={filter.type}
        onChange={(event) => onChange({ ...filter, type: event.target.value })}
      />
      <Select
        bare
        label="Server"
        options={[{ value: '', label: 'Every server' }, ...servers.map(({ name }) => ({ value: name, label: name }))]}
        value={filter.server}
        onChange={(event) => onChange({ ...filter, server: event.target.value })}
      />
      <Select
        bare
        label="Verdict"
        options={[
          { value: '', label: 'Every verdict' },
          { value: 'allow', label: 'Allowed' },
          { value: 'ask', label: 'Asked' },
          { value: 'deny', label: 'Denied' },
        ]}
        value={filter.decision}
        onChange={(event) => onChange({ ...filter, decision: event.target.value })}
      />
    </div>
  );
}
