/** Two lists of arguments beside each other, so that one that came or went does not make all after it differ. */

/** What stands at a place of one list or both; null where one has nothing. Indices are into each list. */
export interface Pair {
  readonly before: number | null;
  readonly after: number | null;
}

/** Longer middles are compared place by place: the table would be large. */
const MOST_CELLS = 1_000_000;

/** Places that differ, in order: what was replaced as one pair, what came or went alone. */
export function alignedChanges(before: readonly string[], after: readonly string[]): Pair[] {
  let start = 0;
  while (start < Math.min(before.length, after.length) && before[start] === after[start]) start++;
  let end = 0;
  while (end < Math.min(before.length, after.length) - start && before.at(-1 - end) === after.at(-1 - end)) end++;
  const kept = keptPairs(before.slice(start, before.length - end), after.slice(start, after.length - end));
  const pairs: Pair[] = [];
  let [left, right] = [start, start];
  for (const [atBefore, atAfter] of [...kept, [before.length - end - start, after.length - end - start] as const]) {
    pairs.push(...replaced(before, after, [left, start + atBefore], [right, start + atAfter]));
    [left, right] = [start + atBefore + 1, start + atAfter + 1];
  }
  return pairs;
}

type Stretch = readonly [from: number, to: number];

/** A stretch of each list between what both keep: one for one where they are equally many, else by likeness. */
function replaced(before: readonly string[], after: readonly string[], old: Stretch, now: Stretch): Pair[] {
  const pairs: Pair[] = [];
  let next = now[0];
  for (let was = old[0]; was < old[1]; was++) {
    let is = next;
    const many = old[1] - old[0] !== now[1] - now[0];
    while (many && is < now[1] && !areAlike(before[was] ?? '', after[is] ?? '')) is++;
    if (is >= now[1]) {
      pairs.push({ before: was, after: null });
      continue;
    }
    for (; next < is; next++) pairs.push({ before: null, after: next });
    pairs.push({ before: was, after: next++ });
  }
  for (; next < now[1]; next++) pairs.push({ before: null, after: next });
  return pairs;
}

/** Whether they begin alike for more than half of the longer one. */
function areAlike(one: string, other: string): boolean {
  const half = Math.floor(Math.max(one.length, other.length) / 2) + 1;
  return one.slice(0, half) === other.slice(0, half);
}

/** The longest common subsequence, as places in both. */
function keptPairs(before: readonly string[], after: readonly string[]): (readonly [number, number])[] {
  if (before.length * after.length > MOST_CELLS) return [];
  const lengths = Array.from({ length: before.length + 1 }, () => new Array<number>(after.length + 1).fill(0));
  const at = (i: number, j: number) => lengths[i]?.[j] ?? 0;
  for (let i = before.length - 1; i >= 0; i--)
    for (let j = after.length - 1; j >= 0; j--)
      (lengths[i] as number[])[j] =
        before[i] === after[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const kept: (readonly [number, number])[] = [];
  for (let i = 0, j = 0; i < before.length && j < after.length; )
    if (before[i] === after[j]) kept.push([i++, j++]);
    else if (at(i + 1, j) >= at(i, j + 1)) i++;
    else j++;
  return kept;
}
