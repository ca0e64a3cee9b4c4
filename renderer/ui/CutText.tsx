import { useState } from 'react';
import { cutText } from './cut.ts';
import { TextDigest } from './TextDigest.tsx';
import { VisibleText } from './VisibleText.tsx';

/** A value in monospace, cut to head and tail when long; `onOpen` is called once the whole was shown. */
export function CutText({
  text,
  name,
  feeds = true,
  ends = false,
  onOpen,
}: {
  text: string;
  name: string;
  /** As of `VisibleText`. */
  feeds?: boolean;
  /** As of `VisibleText`. */
  ends?: boolean;
  onOpen?: (() => void) | undefined;
}) {
  const [open, setOpen] = useState(false);
  const cut = cutText(text);
  if (cut.hidden === 0 || open) return <VisibleText feeds={feeds} ends={ends} text={text} />;
  return (
    <>
      <VisibleText feeds={feeds} text={cut.head} />
      <span className="my-1.5 flex items-center gap-2 font-sans select-none">
        <span className="h-px flex-1 bg-line-strong" />
        <button
          type="button"
          onClick={() => {
            setOpen(true);
            onOpen?.();
          }}
          className="rounded-sm bg-warn-soft px-2 py-0.5 text-xs font-medium text-warn-ink hover:underline"
        >
          {cut.hidden.toLocaleString()} of {text.length.toLocaleString()} characters not shown · Show all
          <span className="sr-only"> of {name}</span>
        </button>
        <TextDigest text={text} />
        <span className="h-px flex-1 bg-line-strong" />
      </span>
      <VisibleText feeds={feeds} text={cut.tail} />
    </>
  );
}
