import type { ReactNode } from 'react';
import type { Refusal } from '../../main/contract/errors.ts';
import { Button } from './Button.tsx';
import { VisibleText } from './VisibleText.tsx';

/** There is nothing yet: what would be here, and the first thing to do. */
export function EmptyState({
  icon,
  title,
  level: Heading = 'h2',
  children,
  action,
}: {
  icon?: ReactNode;
  title: string;
  level?: 'h1' | 'h2';
  children?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className="flex flex-col items-center px-6 py-14 text-center">
      {icon !== undefined && (
        <div
          aria-hidden="true"
          className="mb-4 grid size-11 place-items-center rounded-xl bg-accent-soft text-accent-ink"
        >
          {icon}
        </div>
      )}
      <Heading className="text-base font-semibold">{title}</Heading>
      {children !== undefined && <div className="mt-1 max-w-md text-sm text-ink-faint">{children}</div>}
      {action !== undefined && <div className="mt-5">{action}</div>}
    </div>
  );
}

/** Grey lines where rows will be. */
export function LoadingState({ rows = 4, label = 'Loading' }: { rows?: number; label?: string }) {
  return (
    <div role="status" aria-label={label} className="space-y-3 p-4">
      {Array.from({ length: rows }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: identical placeholders
        <div key={index} className="flex animate-shimmer items-center gap-4">
          <div className="h-3.5 w-1/5 rounded-sm bg-pressed" />
          <div className={`h-3.5 rounded-sm bg-hover ${['w-3/5', 'w-2/5', 'w-1/2'][index % 3]}`} />
        </div>
      ))}
    </div>
  );
}

/** What happened, the particular, what to do, and the code to quote. */
export function ErrorState({ refusal, onRetry }: { refusal: Refusal; onRetry?: (() => void) | undefined }) {
  return (
    <div role="alert" className="flex items-start gap-3 rounded-lg border border-bad-solid/40 bg-bad-soft px-4 py-3">
      <div className="min-w-0 flex-1">
        <p className="text-sm font-semibold text-bad-ink">{refusal.message}</p>
        {refusal.detail !== undefined && (
          <p className="mt-1 font-mono text-xs break-words whitespace-pre-wrap text-ink-soft">
            <VisibleText text={refusal.detail} feeds={false} />
          </p>
        )}
        <p className="mt-1 text-sm text-ink-soft">{refusal.fix}</p>
        <p className="mt-1.5 font-mono text-2xs text-ink-soft">{refusal.code}</p>
      </div>
      {onRetry !== undefined && (
        <Button size="sm" onClick={onRetry}>
          Try again
        </Button>
      )}
    </div>
  );
}
