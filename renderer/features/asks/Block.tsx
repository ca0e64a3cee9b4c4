import { CopyButton } from '../../ui/CopyButton.tsx';
import { ScrollRegion } from '../../ui/ScrollRegion.tsx';

/** A signed block of text to hand on, with a button that copies all of it. */
export function Block({ title, text }: { title: string; text: string }) {
  return (
    <div className="space-y-1">
      <div className="flex h-7 items-center justify-between">
        <span className="text-xs font-medium text-ink-soft">{title}</span>
        <CopyButton text={text} label="Copy" />
      </div>
      <ScrollRegion label={title} className="max-h-36 overflow-auto rounded-lg border border-line bg-sunken px-3 py-2">
        <pre className="font-mono text-[11px] leading-4 text-ink-soft">{text}</pre>
      </ScrollRegion>
    </div>
  );
}
