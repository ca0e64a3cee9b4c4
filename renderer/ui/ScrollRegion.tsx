import type { ReactNode } from 'react';

/** A part that scrolls by itself; the keyboard reaches it, and `label` says what it is. */
export function ScrollRegion({
  label,
  className,
  children,
}: {
  label: string;
  className: string;
  children: ReactNode;
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: whoever has no pointer scrolls it with the arrow keys (axe: scrollable-region-focusable)
    <section aria-label={label} tabIndex={0} className={className}>
      {children}
    </section>
  );
}
