import { type KeyboardEvent, useId, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { SearchSuggestion } from '../../../main/contract/search.ts';
import { useSearchHelp } from '../../link/queries.ts';
import { classNames } from '../../ui/classNames.ts';
import { SearchInput } from '../../ui/Field.tsx';
import { useSettled } from '../../ui/useSettled.ts';
import { inserted } from './insertion.ts';

/** The search text with what could follow at the cursor; what means nothing is marked at its word. */
export function SearchBox({ text, onText }: { text: string; onText: (text: string) => void }) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [cursor, setCursor] = useState(0);
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const asked = useSettled(text, 80);
  const help = useSearchHelp(asked, Math.min(cursor, asked.length));
  // What was suggested for another text would be put in at the wrong place.
  const suggestions = open && asked === text && !help.isPlaceholderData ? (help.data?.suggestions ?? []) : [];
  // While a word is being written it may still become one that is understood.
  const settled = useSettled(text, 600) === text;
  const fault = settled ? (help.data?.fault ?? null) : null;

  function take(suggestion: SearchSuggestion): void {
    const next = inserted(text, suggestion);
    // At once: what is typed next must not stand before the cursor is where it belongs.
    flushSync(() => {
      onText(next.text);
      setCursor(next.cursor);
      setActive(-1);
    });
    input.current?.setSelectionRange(next.cursor, next.cursor);
  }

  function onKey(event: KeyboardEvent): void {
    if (event.key === 'Escape' && open) {
      event.preventDefault();
      setOpen(false);
      return;
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      if (!open) return setOpen(true);
      const places = suggestions.length + 1;
      return setActive(((active + 1 + step + places) % places) - 1);
    }
    const chosen = suggestions[active];
    if (event.key === 'Enter') {
      event.preventDefault();
      if (chosen === undefined) setOpen(false);
      else take(chosen);
    }
  }

  return (
    <div className="relative min-w-0 flex-1">
      <SearchInput
        ref={input}
        label="Search the audit"
        role="combobox"
        aria-expanded={suggestions.length > 0}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={active < 0 ? undefined : `${id}-${active}`}
        aria-invalid={fault !== null}
        aria-describedby={`${id}-fault`}
        placeholder="server:github tool:delete_* verdict:denied after:yesterday “invoice”"
        value={text}
        onChange={(event) => {
          onText(event.target.value);
          setCursor(event.target.selectionStart ?? event.target.value.length);
          setOpen(true);
          setActive(-1);
        }}
        onSelect={(event) => setCursor(event.currentTarget.selectionStart ?? 0)}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={onKey}
      />
      <p id={`${id}-fault`} role="status" className="text-xs text-bad-ink empty:hidden">
        {fault !== null && (
          <>
            <mark className="rounded-sm bg-bad-soft px-1 font-mono text-bad-ink">
              {text.slice(fault.start, fault.end) || 'here'}
            </mark>{' '}
            {fault.message}
          </>
        )}
      </p>
      {suggestions.length > 0 && (
        <div
          id={`${id}-list`}
          role="listbox"
          tabIndex={-1}
          aria-label="What could follow"
          className="absolute inset-x-0 top-9 z-10 max-h-72 overflow-y-auto rounded-lg border border-line bg-raised py-1 shadow-float"
        >
          {suggestions.map((suggestion, at) => (
            <div
              key={suggestion.insert}
              id={`${id}-${at}`}
              role="option"
              tabIndex={-1}
              aria-selected={at === active}
              // The input keeps the focus.
              onMouseDown={(event) => {
                event.preventDefault();
                take(suggestion);
              }}
              className={classNames(
                'flex items-baseline gap-3 px-3 py-1 text-sm hover:bg-hover',
                at === active && 'bg-selected',
              )}
            >
              <code className="shrink-0 font-mono text-xs">{suggestion.insert.trim()}</code>
              <span className="truncate text-xs text-ink-faint">{suggestion.note}</span>
            </div>
          ))}
        </div>
      )}
    </div>
  );
}
