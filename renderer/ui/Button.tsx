import type { ComponentProps, ReactNode } from 'react';
import { classNames } from './classNames.ts';

const LOOKS = {
  primary:
    'bg-accent text-ink-on-accent hover:bg-accent-hover border-transparent shadow-control disabled:bg-quiet-soft disabled:text-ink-faint disabled:shadow-none',
  plain:
    'bg-raised text-ink border-line-strong hover:bg-hover active:bg-pressed shadow-control disabled:text-ink-faint disabled:bg-transparent disabled:shadow-none',
  quiet:
    'bg-transparent text-ink-soft border-transparent hover:bg-hover hover:text-ink active:bg-pressed disabled:text-ink-faint disabled:bg-transparent',
  danger:
    'bg-bad-fill text-white border-transparent hover:brightness-95 shadow-control disabled:bg-quiet-soft disabled:text-ink-faint disabled:shadow-none',
  dangerPlain:
    'bg-raised text-bad-ink border-line-strong hover:bg-bad-soft active:bg-bad-soft shadow-control disabled:text-ink-faint disabled:bg-transparent disabled:shadow-none',
  /** Looks off without losing the focus: for what is refused at the click. */
  dead: 'bg-quiet-soft text-ink-faint border-line',
} as const;

const SIZES = {
  sm: 'h-6.5 px-2 text-xs gap-1.5',
  md: 'h-8 px-3 text-sm gap-2',
  lg: 'h-10 px-4 text-base gap-2',
} as const;

export interface ButtonProps extends ComponentProps<'button'> {
  readonly look?: keyof typeof LOOKS;
  readonly size?: keyof typeof SIZES;
  readonly icon?: ReactNode;
  /** Shows that the action runs; clicks are ignored meanwhile. */
  readonly busy?: boolean;
}

/** A push button; never a submit button unless told. */
export function Button({
  look = 'plain',
  size = 'md',
  icon,
  busy,
  className,
  children,
  onClick,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      aria-busy={busy || undefined}
      onClick={busy ? undefined : onClick}
      className={classNames(
        'inline-flex shrink-0 items-center justify-center rounded-md border font-medium whitespace-nowrap select-none transition-colors duration-100',
        busy && 'opacity-70',
        LOOKS[look],
        SIZES[size],
        className,
      )}
      {...rest}
    >
      {icon}
      {children}
    </button>
  );
}

/** A square button with an icon only; `label` is its accessible name and its tip. */
export function IconButton({ label, children, className, ...rest }: ComponentProps<'button'> & { label: string }) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className={classNames(
        'inline-flex size-7 shrink-0 items-center justify-center rounded-md text-ink-faint hover:bg-hover hover:text-ink active:bg-pressed disabled:opacity-40 disabled:hover:bg-transparent',
        className,
      )}
      {...rest}
    >
      {children}
    </button>
  );
}
