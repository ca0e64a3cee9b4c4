import { useCallback, useRef, useState } from 'react';
import type { AuditMoment, AuditPlace, AuditQuery, AuditRows } from '../../../main/contract/audit.ts';
import type { RecordView } from '../../../main/contract/record.ts';
import { AUDIT_PAGE, useAuditCount, useAuditNow, useAuditPages } from '../../link/queries.ts';
import { type Action, useAction } from '../../link/useAction.ts';
import type { RowList, Sight } from '../../ui/Table.tsx';
import { useSettled } from '../../ui/useSettled.ts';

/** Pages that somebody scrolls past are not asked for. */
const PASSED_MS = 60;

export interface AuditTable {
  /** Undefined until the first page is there. */
  readonly rows: RowList<RecordView> | undefined;
  /** False while the number of rows is an estimate. */
  readonly exact: boolean;
  /** Records that the word index does not have yet, so that none of them is found. */
  readonly unindexed: number;
  /** Records that came since, while the rows stand still. */
  readonly newer: number;
  readonly error: Error | null;
  retry(): void;
  onSight(sight: Sight): void;
  /** Finds the row of a time or a record, and hands it to `onFound`. */
  readonly finding: Action<AuditPlace, number | null>;
}

/**
 * A search as a table of any length, of which the pages in sight are fetched. It follows the ledger as long as a person is
 * at its top; anywhere else it stands still as of then, so that nothing moves under their eyes.
 */
export function useAuditTable(query: AuditQuery, onFound: (row: number, place: AuditPlace) => void): AuditTable {
  const now = useAuditNow(query);
  const latest = now.isPlaceholderData ? undefined : now.data;
  const [held, setHeld] = useState<{ readonly query: AuditQuery; readonly rows: AuditRows } | null>(null);
  const standing = held?.query === query ? held.rows : undefined;
  const first = standing ?? now.data;
  const counted = useAuditCount(query, first).data ?? first;

  const [sight, setSight] = useState({ from: 0, to: 0 });
  const { from, to } = useSettled(sight, PASSED_MS);
  // The first page comes with the answer, unless records had to be looked at and few were by then.
  const begun = first?.whole === true || first?.records.length === AUDIT_PAGE;
  const pages = Array.from({ length: to - from + 1 }, (_, at) => from + at).filter((page) => page > 0 || !begun);
  const fetched = useAuditPages(query, first?.asOf, pages);
  const records = new Map([[0, first?.records]]);
  for (const [at, page] of pages.entries()) records.set(page, fetched[at]?.data?.records ?? records.get(page));

  const stand = useCallback(() => {
    if (latest !== undefined) setHeld((before) => (before?.query === query ? before : { query, rows: latest }));
  }, [query, latest]);
  const shown = useRef(query);
  shown.current = query;
  const finding = useAction<AuditPlace, number | null>(
    async (link, place) => {
      stand();
      const asOf: AuditMoment | undefined = (standing ?? latest)?.asOf;
      // In the meantime somebody may search for something else.
      while (shown.current === query) {
        const { row, reached } = await link.audit.rowOf({ ...query, to: place, ...(asOf && { asOf }) });
        if (reached && shown.current === query) return row;
      }
      return null;
    },
    (row, place) => {
      if (row !== null) onFound(row, place);
    },
  );

  return {
    rows: counted && {
      length: counted.whole ? counted.total : counted.estimate,
      at: (row) => records.get(Math.floor(row / AUDIT_PAGE))?.[row % AUDIT_PAGE],
    },
    exact: counted?.whole ?? false,
    unindexed: now.data?.unindexed ?? 0,
    newer: standing && latest && counted ? Math.max(0, latest.total - counted.total) : 0,
    error: now.error ?? fetched.find((page) => page.error !== null)?.error ?? null,
    retry() {
      void now.refetch();
      for (const page of fetched) if (page.error !== null) void page.refetch();
    },
    onSight({ first: row, end, active }) {
      const next = { from: Math.floor(row / AUDIT_PAGE), to: Math.floor(Math.max(row, end - 1) / AUDIT_PAGE) };
      setSight((before) => (before.from === next.from && before.to === next.to ? before : next));
      if (row === 0 && active === 0) setHeld(null);
      else stand();
    },
    finding,
  };
}
