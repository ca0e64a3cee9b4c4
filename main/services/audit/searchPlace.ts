/** Where somebody wants to go in a table of records. */
import type { AuditPlace } from '../../contract/audit.ts';
import { Refused } from '../../contract/errors.ts';
import { type Calendar, stretchOf } from '../../core/search/moments.ts';
import type { LedgerStore } from './ports.ts';

/** The sequence at or above which what is newer than the place lies. Throws INPUT_INVALID or NOT_FOUND. */
export function placeOf(to: AuditPlace, store: Pick<LedgerStore, 'record' | 'before'>, calendar: Calendar): number {
  if ('record' in to) {
    const row = store.record(to.record);
    if (row === undefined) throw new Refused('NOT_FOUND', to.record);
    return row.seq + 1;
  }
  const stretch = stretchOf(to.time, calendar);
  if (stretch === null)
    throw new Refused('INPUT_INVALID', `“${to.time}” is no time: write yesterday, monday, 2h, 2026-11-01T12:30.`);
  return store.before(stretch.end);
}
