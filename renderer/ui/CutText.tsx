import { useState } from 'react';
import { cutText } from './cut.ts';
import { VisibleText } from './VisibleText.tsx';

/** A value in monospace, cut to head and tail when long; `onOpen` is called once the whole was shown. */
export function CutText({ text, name, onOpen }: { text: string; name: string; onOpen?: (() => void) | undefined }) {
  const [open, setOpen] = useState(false);
  const cut = cutText(text);
  if (cut.hidden === 0 || open) return <VisibleText text={text} />;
  return (
    <>
      <VisibleText text={cut.head} />
      <span className="my-1.5 flex items-center gap-2 font-sans select-none">
        <span className="h-px flex-1 bg-line-strong" />
        <button
          type="button"
          aria-label={`Show all ${text.length.toLocaleString()} characters of ${name}`}
          onClick={() => {
            setOpen(true);
            onOpen?.();
          }}
          className="rounded-sm bg-warn-soft px-2 py-0.5 text-xs font-medium text-warn-ink hover:underline"
        >
          {cut.hidden.toLocaleString()} of {text.length.toLocaleString()} characters not shown · Show all
        </button>
        <span className="h-px flex-1 bg-line-strong" />
      </span>
      <VisibleText text={cut.tail} />
    </>
  );
}
