import { ArrowUp, ScrollText } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { type RecordView, recordPlace } from '../../../main/contract/record.ts';
import { hrefOf } from '../../app/place.ts';
import { useServers } from '../../link/queries.ts';
import { refusalOf } from '../../link/refusal.ts';
import { ClassBadge, VerdictBadge } from '../../ui/Badge.tsx';
import { Button } from '../../ui/Button.tsx';
import { Select } from '../../ui/Field.tsx';
import { Page } from '../../ui/Page.tsx';
import { EmptyState, ErrorState, LoadingState } from '../../ui/States.tsx';
import { StatusDot } from '../../ui/StatusDot.tsx';
import { type Column, Table, type TableHandle } from '../../ui/Table.tsx';
import { duration, fullTime, shortTime } from '../../ui/time.ts';
import { useSettled } from '../../ui/useSettled.ts';
import { VisibleText } from '../../ui/VisibleText.tsx';
import { Compare } from './Compare.tsx';
import { CountsPlot } from './CountsPlot.tsx';
import { ExportDialog } from './ExportDialog.tsx';
import { eventWords, TYPE_OPTIONS, toneOf } from './eventWords.ts';
import { fieldIn, queryOf, withField } from './filter.ts';
import { GoTo } from './GoTo.tsx';
import { RecordDrawer } from './RecordDrawer.tsx';
import { SavedSearches } from './SavedSearches.tsx';
import { SearchBox } from './SearchBox.tsx';
import { withRange } from './timeWords.ts';
import { type AuditTable, useAuditTable } from './useAuditTable.ts';
import { Verify } from './Verify.tsx';

const COLUMNS: readonly Column<RecordView>[] = [
  {
    key: 'seq',
    title: 'Leaf',
    width: '3.5rem',
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
        <VisibleText text={recordPlace(r)} breaks={false} />
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

/** Everything that was asked, decided and answered, newest first, live. The address names the search and the open record. */
export function AuditScreen({ text: given, record }: { text: string; record: string | null }) {
  const [text, setText] = useState(given);
  const [selected, setSelected] = useState<string | null>(record);
  const [marked, setMarked] = useState<string | null>(null);
  const [compared, setCompared] = useState<string | null>(null);
  // Each search reads the disk: not one for every key.
  const settled = useSettled(text, 200);
  const query = useMemo(() => queryOf(settled), [settled]);
  const table = useRef<TableHandle>(null);
  const audit = useAuditTable(query, (row, place) => {
    table.current?.goTo(row);
    if ('time' in place) table.current?.focus();
  });
  const { rows } = audit;
  useArrival(record, audit);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what another search finds begins at its top
  useEffect(() => table.current?.goTo(0), [query]);
  useAddress(text, selected);
  return (
    <Page
      fill
      title="Audit"
      note={rows === undefined ? undefined : countWords(rows.length, audit)}
      actions={
        <>
          <ExportDialog text={text} />
          <Verify />
        </>
      }
    >
      <search className="flex items-start gap-2 pb-3">
        <SearchBox text={text} onText={setText} />
        <Picks text={text} onText={setText} />
        <GoTo finding={audit.finding} />
      </search>
      <SavedSearches text={text} onPick={setText} />
      <CountsPlot query={query} onRange={(after, before) => setText(withRange(text, after, before))} />
      <section
        aria-label="Records"
        className="relative flex min-h-0 flex-1 flex-col overflow-hidden rounded-xl border border-line bg-panel shadow-panel"
      >
        {audit.error !== null ? (
          <div className="p-4">
            <ErrorState refusal={refusalOf(audit.error)} onRetry={audit.retry} />
          </div>
        ) : rows === undefined || (rows.length === 0 && !audit.exact) ? (
          <LoadingState rows={10} />
        ) : rows.length === 0 ? (
          <EmptyState
            icon={<ScrollText size={20} />}
            title={text.trim() === '' ? 'Nothing recorded yet' : 'No record fits'}
          >
            {text.trim() === ''
              ? 'Every call, decision and answer will stand here.'
              : 'Take a word or a field away, or search further back.'}
          </EmptyState>
        ) : (
          <Table
            ref={table}
            label="Records"
            rows={rows}
            exact={audit.exact}
            columns={COLUMNS}
            keyOf={(row) => row.id}
            selected={selected ?? undefined}
            onOpen={(row) => setSelected(row.id)}
            onSight={audit.onSight}
          />
        )}
        {audit.newer > 0 && (
          <Button
            size="sm"
            icon={<ArrowUp size={13} />}
            onClick={() => {
              table.current?.goTo(0);
              table.current?.focus();
            }}
            className="absolute top-10 left-1/2 -translate-x-1/2"
          >
            {audit.newer.toLocaleString()} newer
          </Button>
        )}
      </section>
      <RecordDrawer
        record={selected}
        marked={marked}
        onMark={setMarked}
        onCompare={setCompared}
        onClose={() => setSelected(null)}
      />
      {marked !== null && <Compare one={marked} other={compared} onClose={() => setCompared(null)} />}
    </Page>
  );
}

/** Keeps the address in step, so that it can be passed on; typing makes no history. */
function useAddress(text: string, record: string | null): void {
  useEffect(() => {
    const href = hrefOf({ screen: 'audit', text, ...(record !== null && { record }) });
    if (location.hash !== href) history.replaceState(null, '', href);
  }, [text, record]);
}

/** Whoever comes by the address of a record finds the table where it is. */
function useArrival(record: string | null, { rows, finding }: AuditTable): void {
  const arriving = useRef(record);
  const { run } = finding;
  const ready = rows !== undefined;
  useEffect(() => {
    if (!ready || arriving.current === null) return;
    run({ record: arriving.current });
    arriving.current = null;
  }, [ready, run]);
}

/** The fields that are narrowed most, to pick from. */
function Picks({ text, onText }: { text: string; onText: (text: string) => void }) {
  const servers = useServers().data ?? [];
  const pick = (label: string, field: string, options: readonly { value: string; label: string }[]) => (
    <Select
      bare
      label={label}
      options={[...options]}
      value={fieldIn(text, field)}
      onChange={(event) => onText(withField(text, field, event.target.value))}
    />
  );
  return (
    <div className="flex shrink-0 items-center gap-2 max-lg:hidden">
      {pick('Type', 'type', TYPE_OPTIONS)}
      {pick('Server', 'server', [
        { value: '', label: 'Every server' },
        ...servers.map(({ name }) => ({ value: name, label: name })),
      ])}
      {pick('Verdict', 'verdict', [
        { value: '', label: 'Every verdict' },
        { value: 'allow', label: 'Allowed' },
        { value: 'ask', label: 'Asked' },
        { value: 'deny', label: 'Denied' },
      ])}
    </div>
  );
}

function countWords(count: number, { exact, unindexed }: AuditTable): string {
  const words = `${count.toLocaleString()} ${count === 1 ? 'record' : 'records'}, newest first`;
  const said = exact ? `${words}.` : `About ${words}; still counting.`;
  return unindexed === 0 ? said : `${said} ${unindexed.toLocaleString()} are still being indexed and not among them.`;
}
