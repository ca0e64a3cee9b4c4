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

/** The first sequence of the run for which `reached` holds, given that it then holds for all that follow; `end` when for none. */
export function firstReached({ first, end }: Run, reached: (seq: number) => boolean): number {
  let low = first;
  let high = end;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (reached(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
