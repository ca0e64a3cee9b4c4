import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';

const LOOKS = {
  good: { box: 'border-good-solid/40 bg-good-soft', ink: 'text-good-ink', icon: CircleCheck },
  info: { box: 'border-accent/30 bg-accent-soft', ink: 'text-accent-ink', icon: Info },
  warn: { box: 'border-warn-solid/40 bg-warn-soft', ink: 'text-warn-ink', icon: TriangleAlert },
  bad: { box: 'border-bad-solid/40 bg-bad-soft', ink: 'text-bad-ink', icon: CircleAlert },
} as const;

/** A sentence that matters beside the content it is about; `live` announces it. */
export function Note({
  tone,
  title,
  children,
  actions,
  live = false,
}: {
  tone: keyof typeof LOOKS;
  title: ReactNode;
  children?: ReactNode;
  actions?: ReactNode;
  live?: boolean;
}) {
  const { box, ink, icon: Icon } = LOOKS[tone];
  return (
    <div role={live ? 'status' : undefined} className={`flex items-start gap-3 rounded-lg border px-3.5 py-2.5 ${box}`}>
      <Icon aria-hidden="true" size={16} className={`mt-0.5 shrink-0 ${ink}`} />
      <div className="min-w-0 flex-1 text-sm">
        <p className={`font-medium ${ink}`}>{title}</p>
        {children !== undefined && <div className="mt-0.5 text-ink-soft">{children}</div>}
      </div>
      {actions !== undefined && <div className="flex shrink-0 items-center gap-2">{actions}</div>}
    </div>
  );
}
