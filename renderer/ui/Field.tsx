import { Eye, EyeOff } from 'lucide-react';
import { type ComponentProps, type ReactNode, useId, useState } from 'react';
import { IconButton } from './Button.tsx';
import { classNames } from './classNames.ts';

const BASE =
  'rounded-md border border-control/60 bg-panel px-2.5 text-sm text-ink placeholder:text-ink-faint focus-visible:outline-2 focus-visible:outline-offset-0 focus-visible:border-transparent aria-invalid:border-bad-solid disabled:opacity-60';
const INPUT = `${BASE} h-8 w-full`;

interface FieldProps {
  readonly label: string;
  readonly note?: ReactNode;
  readonly error?: string | undefined;
  /** The label stands before the field, not above it: where there is little height. */
  readonly beside?: boolean;
}

function Frame({ id, label, note, error, beside = false, children }: FieldProps & { id: string; children: ReactNode }) {
  return (
    <div className={beside ? 'flex items-center gap-3 [&>div]:flex-1' : 'space-y-1'}>
      <label htmlFor={id} className="block shrink-0 text-xs font-medium text-ink-soft">
        {label}
      </label>
      {children}
      {error !== undefined ? (
        <p id={`${id}-note`} role="alert" className="text-xs text-bad-ink">
          {error}
        </p>
      ) : (
        note !== undefined && (
          <p id={`${id}-note`} className="text-xs text-ink-faint">
            {note}
          </p>
        )
      )}
    </div>
  );
}

/** One line of text with its label above and what is wrong with it below. */
export function TextInput({
  label,
  note,
  error,
  mono = false,
  className,
  ...rest
}: FieldProps & { mono?: boolean } & ComponentProps<'input'>) {
  const id = useId();
  return (
    <Frame id={id} label={label} note={note} error={error}>
      <input
        id={id}
        aria-invalid={error !== undefined}
        aria-describedby={`${id}-note`}
        autoComplete="off"
        spellCheck={false}
        className={classNames(INPUT, mono && 'font-mono text-xs', className)}
        {...rest}
      />
    </Frame>
  );
}

/** Several lines of text. */
export function TextArea({
  label,
  note,
  error,
  mono = false,
  className,
  ...rest
}: FieldProps & { mono?: boolean } & ComponentProps<'textarea'>) {
  const id = useId();
  return (
    <Frame id={id} label={label} note={note} error={error}>
      <textarea
        id={id}
        aria-invalid={error !== undefined}
        aria-describedby={`${id}-note`}
        autoComplete="off"
        spellCheck={false}
        rows={3}
        className={classNames(BASE, 'w-full resize-y py-1.5', mono && 'font-mono text-xs', className)}
        {...rest}
      />
    </Frame>
  );
}

/** Something that is not shown while it is typed; nothing remembers it. */
export function PasswordInput({
  label,
  note,
  error,
  beside = false,
  className,
  ...rest
}: FieldProps & ComponentProps<'input'>) {
  const id = useId();
  const [shown, setShown] = useState(false);
  return (
    <Frame id={id} label={label} note={note} error={error} beside={beside}>
      <div className="relative">
        <input
          id={id}
          type={shown ? 'text' : 'password'}
          aria-invalid={error !== undefined}
          aria-describedby={`${id}-note`}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          className={classNames(INPUT, 'pr-9 font-mono', className)}
          {...rest}
        />
        <IconButton
          label={shown ? 'Hide what is typed' : 'Show what is typed'}
          aria-pressed={shown}
          onClick={() => setShown(!shown)}
          className="absolute top-0.5 right-0.5"
        >
          {shown ? <EyeOff size={14} /> : <Eye size={14} />}
        </IconButton>
      </div>
    </Frame>
  );
}

/** A choice from a short list; `label` names it, in sight unless `bare`. */
export function Select({
  label,
  bare = false,
  small = false,
  options,
  className,
  ...rest
}: {
  label: string;
  bare?: boolean;
  small?: boolean;
  options: readonly { value: string; label: string }[];
} & ComponentProps<'select'>) {
  const id = useId();
  const select = (
    <select
      id={id}
      aria-label={bare ? label : undefined}
      className={classNames(BASE, 'pr-7', small ? 'h-7 text-xs' : 'h-8', className)}
      {...rest}
    >
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  );
  if (bare) return select;
  return (
    <Frame id={id} label={label}>
      {select}
    </Frame>
  );
}

/** A search field with its name for screen readers only; as wide as its place. */
export function SearchInput({ label, className, ...rest }: { label: string } & ComponentProps<'input'>) {
  return (
    <input
      type="search"
      aria-label={label}
      autoComplete="off"
      spellCheck={false}
      className={classNames(INPUT, className)}
      {...rest}
    />
  );
}
