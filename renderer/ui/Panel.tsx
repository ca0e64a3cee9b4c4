import type { ReactNode } from 'react';
import { classNames } from './classNames.ts';

/** A raised surface with an optional heading, actions to its right, and a body. */
export function Panel({
  title,
  note,
  actions,
  flush = false,
  children,
}: {
  title?: ReactNode;
  note?: ReactNode;
  actions?: ReactNode;
  /** The body touches the edges: for tables and lists. */
  flush?: boolean;
  children: ReactNode;
}) {
  return (
    <section className="overflow-hidden rounded-xl border border-line bg-panel shadow-panel">
      {title !== undefined && (
        <header className="flex min-h-11 items-center gap-3 border-b border-line px-4 py-2">
          <div className="min-w-0">
            <h2 className="text-sm font-semibold">{title}</h2>
            {note !== undefined && <p className="text-xs text-ink-faint">{note}</p>}
          </div>
          {actions !== undefined && <div className="ml-auto flex items-center gap-2">{actions}</div>}
        </header>
      )}
      <div className={classNames(!flush && 'p-4')}>{children}</div>
    </section>
  );
}

/** A term and its value, in two columns that line up. */
export function Facts({ children }: { children: ReactNode }) {
  return <dl className="grid grid-cols-[minmax(7rem,auto)_1fr] gap-x-6 gap-y-2 text-sm">{children}</dl>;
}

/** One row of `Facts`. */
export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-faint">{name}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </>
  );
}
