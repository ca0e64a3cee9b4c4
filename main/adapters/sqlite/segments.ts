/** Finding records by what runs upwards with their sequence: times and ids, segment by segment. */

/** A run of sequences, from `first` up to `end`. */
export interface Run {
  readonly first: number;
  readonly end: number;
}

/** The runs that segment starts (ascending) divide `size` records into. */
export function runsOf(starts: readonly number[], size: number): Run[] {
  const firsts = [0, ...starts.filter((start) => start > 0 && start < size)];
  return firsts.map((first, at) => ({ first, end: firsts[at + 1] ?? size })).filter(({ first, end }) => first < end);
}

/** What of these runs lies from `from` up to `to`, in their order. */
export function clipped(runs: readonly Run[], from: number, to: number): Run[] {
  return runs
    .map(({ first, end }) => ({ first: Math.max(first, from), end: Math.min(end, to) }))
    .filter(({ first, end }) => first < end);
}

/** How many sequences these runs have. */
export function lengthOf(runs: readonly Run[]): number {
  return runs.reduce((sum, { first, end }) => sum + end - first, 0);
}

/** The newest sequences below `below` of these runs (newest first), the first `skip` of them left out. */
export function newestOf(runs: readonly Run[], below: number, limit: number, skip = 0): number[] {
  const found: number[] = [];
  let passed = 0;
  for (const { first, end } of clipped(runs, 0, below)) {
    const start = Math.min(skip - passed, end - first);
    passed += start;
    for (let seq = end - 1 - start; seq >= first && found.length < limit; seq -= 1) found.push(seq);
  }
  return found;
}

/** The first sequence of the run for which `reached` holds, given that it then holds for all that follow; `end` when for none. */
export function firstReached({ first, end }: Run, reached: (seq: number) => boolean): number {
  let low = first;
  let high = end;
  while (low < high) {
    const middle = roundest(low, high);
    if (reached(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/**
 * Of the numbers from `low` up to `high` the one that the highest power of two divides: whatever is searched for, the
 * same few are looked at first, and can be remembered.
 */
function roundest(low: number, high: number): number {
  let step = 2 ** Math.floor(Math.log2(high - low));
  if (Math.ceil(low / (2 * step)) * 2 * step < high) step *= 2;
  return Math.ceil(low / step) * step;
}
