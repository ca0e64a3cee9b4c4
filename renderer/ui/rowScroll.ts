/**
 * Scrolling over more rows than an element can be high. `top` is the place in the rows, `bar` where the element is
 * scrolled to; all are CSS pixels. Near both ends they run alike; between them a pixel of the bar is more of the rows.
 */

/** No element is made higher: Firefox draws none above 17.8 million pixels, Chromium none above 33.5. */
const HIGHEST = 15_000_000;
/** So much at either end is never squeezed. */
const ALIKE = 1_000_000;

export interface Extent {
  /** Height of all rows. */
  readonly rows: number;
  /** Height of what is in sight of them. */
  readonly sight: number;
}

/** Height of the element that stands for all rows. */
export function heightOf(rows: number): number {
  return Math.min(rows, HIGHEST);
}

/** The furthest that `top` goes. */
export function furthest({ rows, sight }: Extent): number {
  return Math.max(0, rows - sight);
}

/** Where the bar stands for this place in the rows. */
export function barAt(top: number, extent: Extent): number {
  const [most, mostBar] = ends(extent);
  if (most === mostBar || top <= ALIKE) return top;
  if (top >= most - ALIKE) return mostBar - (most - top);
  return ALIKE + ((top - ALIKE) * (mostBar - 2 * ALIKE)) / (most - 2 * ALIKE);
}

/** The place in the rows that the bar stands for. */
export function topAt(bar: number, extent: Extent): number {
  const [most, mostBar] = ends(extent);
  if (most === mostBar || bar <= ALIKE) return bar;
  if (bar >= mostBar - ALIKE) return most - (mostBar - bar);
  return ALIKE + ((bar - ALIKE) * (most - 2 * ALIKE)) / (mostBar - 2 * ALIKE);
}

/**
 * The place in the rows after the bar went from one place to another. A wheel, a finger or a key move the rows by as
 * much; less than half of what a pixel of the bar stands for cannot have been the bar itself.
 */
export function topAfter(top: number, from: number, to: number, extent: Extent): number {
  const [most, mostBar] = ends(extent);
  if (most === mostBar) return to;
  const short = Math.abs(to - from) < mostBar / Math.max(1, extent.sight) / 2;
  return short ? Math.max(0, Math.min(most, top + to - from)) : topAt(to, extent);
}

function ends(extent: Extent): [top: number, bar: number] {
  return [furthest(extent), furthest({ ...extent, rows: heightOf(extent.rows) })];
}
