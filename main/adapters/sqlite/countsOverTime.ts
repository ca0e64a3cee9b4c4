/** How many records fit over time. */
import type { SearchCounts } from '../../contract/search.ts';
import type { BlockSearch } from './blockSearch.ts';
import type { RecordRows } from './recordRows.ts';
import { firstReached, lengthOf, type Run } from './segments.ts';
import { type TermQuery, word } from './termQuery.ts';
import { facetTerm } from './words.ts';

const DENIED = word(facetTerm('verdict', 'deny'));

/**
 * The records of these runs (newest first) that the index finds (all of them for null) in at most so many steps, of a
 * second or more, from the first to the last; null when there is none.
 */
export function countsOverTime(
  { records, search }: { readonly records: RecordRows; readonly search: BlockSearch },
  match: TermQuery | null,
  runs: readonly Run[],
  steps: number,
): Omit<SearchCounts, 'atMost'> | null {
  const times = runs.flatMap(({ first, end }) => [records.one(first)?.at, records.one(end - 1)?.at]);
  const sorted = times.filter((at) => at !== undefined).sort();
  const [from, to] = [sorted[0], sorted.at(-1)];
  if (from === undefined || to === undefined) return null;
  const long = Date.parse(to) + 1 - Date.parse(from);
  const step = Math.max(1000, Math.ceil(long / steps));
  const ends = Array.from({ length: Math.ceil(long / step) }, (_, at) => timeAfter(from, (at + 1) * step));
  const divided = runs.map((run) => dividedAt(records, run, ends));
  const denied: TermQuery = match === null ? DENIED : { all: [match, DENIED], not: [] };
  const counts: SearchCounts['counts'] = [];
  // The newest first, as terms are read.
  for (let at = ends.length - 1; at >= 0; at -= 1) {
    const parts = divided.flatMap((run) => run[at] ?? []);
    const all = match === null ? lengthOf(parts) : search.count(match, parts);
    counts.unshift({ all, denied: search.count(denied, parts) });
  }
  return { from, step, counts };
}

/** The run cut where the steps end: a part for each step. */
function dividedAt(records: RecordRows, { first, end }: Run, ends: readonly string[]): Run[] {
  let start = first;
  return ends.map((time) => {
    const part = { first: start, end: firstReached({ first: start, end }, (seq) => records.reached(seq, time)) };
    start = part.end;
    return part;
  });
}

/** RFC 3339 with microseconds, as records have it. */
function timeAfter(from: string, ms: number): string {
  const micros = from.slice(23, 26);
  return `${new Date(Date.parse(from) + ms).toISOString().slice(0, 23)}${micros}Z`;
}
