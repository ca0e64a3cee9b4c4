import { ArrowRight } from 'lucide-react';
import { VisibleText } from './VisibleText.tsx';

/** What each difference from a reviewed definition could mean: our own sentences, with what they quote drawn as it is. */
export function MeaningList({ meaning, label }: { meaning: readonly string[]; label: string }) {
  if (meaning.length === 0) return null;
  return (
    <section aria-label={label} className="rounded-lg border border-warn-solid/40 bg-warn-soft px-3 py-2">
      <h3 className="text-xs font-semibold text-warn-ink">What the change could mean</h3>
      <ul className="mt-1 space-y-1">
        {meaning.map((sentence) => (
          <li key={sentence} className="flex items-start gap-1.5 text-sm">
            <ArrowRight aria-hidden="true" size={13} className="mt-1 shrink-0 text-warn-ink" />
            <span className="min-w-0 break-words">
              {sentence.split('`').map((part, index) =>
                index % 2 === 0 ? (
                  // biome-ignore lint/suspicious/noArrayIndexKey: parts of one sentence never move
                  <VisibleText key={index} text={part} breaks={false} />
                ) : (
                  // biome-ignore lint/suspicious/noArrayIndexKey: as above
                  <code key={index} className="font-mono text-xs font-semibold">
                    <VisibleText text={part} breaks={false} />
                  </code>
                ),
              )}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
