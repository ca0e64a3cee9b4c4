import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import type { PromptMark } from '../../main/contract/mark.ts';
import type { Door } from './door.ts';
import { MarkPicture } from './MarkPicture.tsx';

const Known = createContext<PromptMark | null>(null);

/** Fetches this installation's mark once the vault is open; what is inside draws it with `Mark`. */
export function WithMark({ door, children }: { door: Door; children: ReactNode }) {
  const [mark, setMark] = useState<PromptMark | null>(null);
  useEffect(() => {
    let stays = true;
    door.proof.mark().then(
      (known) => stays && setMark(known),
      () => stays && setMark(null),
    );
    return () => {
      stays = false;
    };
  }, [door]);
  return <Known value={mark}>{children}</Known>;
}

/** The mark, large, with what it is for; nothing until it is known. */
export function MarkNote() {
  if (useContext(Known) === null) return null;
  return (
    <div className="flex flex-col items-center gap-2 text-xs text-ink-faint">
      <Mark size={40} />
      Every real prompt carries your mark. A window without it is not ours.
    </div>
  );
}

/** The mark: its picture and its two words. A window that only looks like this one cannot draw it. */
export function Mark({ size = 22 }: { size?: number }) {
  const mark = useContext(Known);
  if (mark === null) return null;
  return (
    <span className="inline-flex items-center gap-2 text-xs text-ink-soft" title="Your mark: every real prompt has it.">
      <MarkPicture mark={mark} size={size} />
      <span>
        <span className="sr-only">Your mark: </span>
        {mark.words.join(' ')}
      </span>
    </span>
  );
}
