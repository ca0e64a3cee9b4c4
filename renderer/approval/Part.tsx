import type { ReactNode } from 'react';

/** A titled part of what is asked. */
export function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title}>
      <h2 className="mb-1.5 text-xs font-semibold text-ink-soft">{title}</h2>
      {children}
    </section>
  );
}
