/** Shares of what was found, with how far chance alone may have moved them. */

export interface Labelled {
  readonly source: string;
  readonly class: string;
  readonly found: boolean;
}

export interface ClassScore {
  readonly name: string;
  readonly found: number;
  readonly of: number;
  readonly recall: number;
  /** Wilson score interval of the recall at 95 %. */
  readonly from: number;
  readonly to: number;
  /** Of what is found here and among the harmless, how much is here; null where nothing is. */
  readonly precision: number | null;
}

/** A row a class or a source, and one for all. */
export function score(
  samples: readonly Labelled[],
  harmless: readonly Labelled[],
  by: 'class' | 'source',
): ClassScore[] {
  const wrong = count(harmless);
  const groups = Object.entries(Object.groupBy(samples, (sample) => sample[by]));
  return [...groups, ['all', samples] as const].map(([name, of = []]) => {
    const right = count(of);
    const [from, to] = wilson(right, of.length);
    const precision = right + wrong === 0 ? null : right / (right + wrong);
    return { name, found: right, of: of.length, recall: right / of.length, from, to, precision };
  });
}

function count(samples: readonly Labelled[]): number {
  return samples.filter(({ found }) => found).length;
}

/** Wilson 1927: of `n` trials with `k` hits. */
function wilson(k: number, n: number): [number, number] {
  const z = 1.96;
  const share = k / n;
  const middle = share + (z * z) / (2 * n);
  const half = z * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n));
  const whole = 1 + (z * z) / n;
  return [Math.max(0, (middle - half) / whole), Math.min(1, (middle + half) / whole)];
}
