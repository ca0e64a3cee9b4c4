/** How many records fit over time. */
import type { SearchCounts } from '../../contract/search.ts';
import type { RecordRows } from './recordRows.ts';
import { firstReached, type Run } from './segments.ts';
import type { WordIndex } from './wordIndex.ts';
import { facetTerm } from './words.ts';

/**
 * Matches that are fetched and sorted into their steps. Where there are more, each step is counted by itself: less a
 * match, but an expression with AND looks for its first match from the ledger's start at each step.
 */
const MOST_FETCHED = 100_000;

/** Records of one step, in one run. */
interface StepRun extends Run {
  readonly step: number;
}

/** The records of these runs (newest first) that match (all of them for null) in so many steps from the first to the last; null when there is none. */
export function countsOverTime(
  { records, words }: { readonly records: RecordRows; readonly words: WordIndex },
  match: string | null,
  runs: readonly Run[],
  steps: number,
): SearchCounts | null {
  const times = runs.flatMap(({ first, end }) => [records.one(first)?.at, records.one(end - 1)?.at]);
  const sorted = times.filter((at) => at !== undefined).sort();
  const [from, to] = [sorted[0], sorted.at(-1)];
  if (from === undefined || to === undefined) return null;
  const step = Math.max(1000, Math.ceil((Date.parse(to) + 1 - Date.parse(from)) / steps));
  const ends = Array.from({ length: steps }, (_, at) => timeAfter(from, (at + 1) * step));
  const stepRuns = runs.flatMap((run) => divided(records, run, ends)).sort((a, b) => b.first - a.first);

  const tally = (terms: string): number[] => {
    const sums = zeros(steps);
    if (words.count(terms, runs, MOST_FETCHED) === MOST_FETCHED) {
      for (const part of stepRuns) sums[part.step] = (sums[part.step] ?? 0) + words.count(terms, [part], part.end);
      return sums;
    }
    // Both run down by sequence, so they are gone through together.
    let at = 0;
    for (const seq of words.find(terms, runs, Number.MAX_SAFE_INTEGER, MOST_FETCHED)) {
      while (seq < (stepRuns[at]?.first ?? seq)) at += 1;
      const step = stepRuns[at]?.step ?? 0;
      sums[step] = (sums[step] ?? 0) + 1;
    }
    return sums;
  };

  const every = zeros(steps);
  for (const { step: at, first, end } of stepRuns) every[at] = (every[at] ?? 0) + end - first;
  const all = match === null ? every : tally(match);
  const verdict = `("${facetTerm('verdict', 'deny')}")`;
  const denied = tally(match === null ? verdict : `${verdict} AND (${match})`);
  return { from, step, counts: all.map((many, at) => ({ all: many, denied: denied[at] ?? 0 })) };
}

function zeros(length: number): number[] {
  return Array.from({ length }, () => 0);
}

/** The run cut where the steps end, in its order; empty parts left out. */
function divided(records: RecordRows, { first, end }: Run, ends: readonly string[]): StepRun[] {
  let start = first;
  const parts = ends.map((time, step): StepRun => {
    const part = { step, first: start, end: firstReached({ first: start, end }, (seq) => records.reached(seq, time)) };
    start = part.end;
    return part;
  });
  return parts.filter((part) => part.first < part.end);
}

/** RFC 3339 with microseconds, as records have it. */
function timeAfter(from: string, ms: number): string {
  const micros = from.slice(23, 26);
  return `${new Date(Date.parse(from) + ms).toISOString().slice(0, 23)}${micros}Z`;
}
