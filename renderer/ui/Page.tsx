import type { ReactNode } from 'react';

/** A screen: its heading with what it is about, its actions, its content. `fill` lets the content take the height. */
export function Page({
  title,
  note,
  before,
  actions,
  fill = false,
  children,
}: {
  title: ReactNode;
  note?: ReactNode;
  before?: ReactNode;
  actions?: ReactNode;
  fill?: boolean;
  children: ReactNode;
}) {
  return (
    <div className={fill ? 'flex h-full flex-col' : 'mx-auto w-full max-w-[1120px]'}>
      <header className="px-8 pt-7 pb-4">
        {before}
        <div className="flex min-h-8 items-start gap-4">
          <div className="min-w-0">
            <h1 className="flex items-center gap-3 text-xl font-semibold tracking-tight">{title}</h1>
            {note !== undefined && <p className="mt-0.5 max-w-prose text-sm text-ink-faint">{note}</p>}
          </div>
          {actions !== undefined && <div className="ml-auto flex shrink-0 items-center gap-2">{actions}</div>}
        </div>
      </header>
      <div className={fill ? 'flex min-h-0 flex-1 flex-col px-8 pb-6' : 'space-y-4 px-8 pb-10'}>{children}</div>
    </div>
  );
}
