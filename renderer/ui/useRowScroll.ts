import { type RefObject, useCallback, useLayoutEffect, useRef, useState } from 'react';
import { barAt, furthest, heightOf, topAfter } from './rowScroll.ts';

export interface RowScroll {
  /** First and last row that is in sight, if only in part; the last is not included. */
  readonly first: number;
  readonly end: number;
  /** Place of the rows' beginning, so many pixels above what is in sight. */
  readonly top: number;
  /** Height of what is in sight of the rows. */
  readonly sight: number;
  /** Height of the element that stands for all rows. */
  readonly height: number;
  onScroll(): void;
  onScrollEnd(): void;
  /** Brings a row into sight: as the first one, or no further than needed. */
  goTo(row: number, align: 'first' | 'nearest'): void;
}

/** What is in sight of `count` rows of one height while `scroller`, in which `margin` pixels always stay, is scrolled. */
export function useRowScroll(
  scroller: RefObject<HTMLElement | null>,
  { count, rowHeight, margin }: { count: number; rowHeight: number; margin: number },
): RowScroll {
  const [top, setTop] = useState(0);
  const [sight, setSight] = useState(0);
  const extent = { rows: count * rowHeight, sight };
  const now = useRef({ top, bar: 0, extent });
  now.current.extent = extent;

  const show = useCallback((next: number): void => {
    now.current.top = next;
    setTop(next);
  }, []);
  /** Puts the bar where it belongs for the rows that are in sight. */
  const settle = useCallback((): void => {
    const element = scroller.current;
    if (element === null) return;
    element.scrollTop = barAt(now.current.top, now.current.extent);
    now.current.bar = element.scrollTop;
  }, [scroller]);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const measure = () => setSight(Math.max(0, element.clientHeight - margin));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [scroller, margin]);

  const { rows } = extent;
  useLayoutEffect(() => {
    show(Math.min(now.current.top, furthest({ rows, sight })));
    settle();
  }, [rows, sight, show, settle]);

  return {
    first: Math.max(0, Math.floor(top / rowHeight)),
    end: Math.min(count, Math.ceil((top + sight) / rowHeight)),
    top,
    sight,
    height: heightOf(rows),
    onScroll() {
      const bar = scroller.current?.scrollTop ?? 0;
      const next = topAfter(now.current.top, now.current.bar, bar, extent);
      now.current.bar = bar;
      show(next);
      // At its end the bar goes no further, though the rows may.
      const stuck = bar <= 0 || bar >= heightOf(rows) - sight - 1;
      if (stuck && Math.abs(barAt(next, extent) - bar) > 1) settle();
    },
    onScrollEnd() {
      if (Math.abs(barAt(now.current.top, extent) - now.current.bar) > 1) settle();
    },
    goTo(row, align) {
      const start = row * rowHeight;
      const { top: at } = now.current;
      const wanted = align === 'first' || start < at ? start : Math.max(at, start + rowHeight - sight);
      show(Math.max(0, Math.min(furthest(extent), wanted)));
      settle();
    },
  };
}
