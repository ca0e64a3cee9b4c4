import { CopyButton } from './CopyButton.tsx';
import { CutText } from './CutText.tsx';
import { ScrollRegion } from './ScrollRegion.tsx';

/** Text that will run or was exchanged, in monospace, every character visible. Scrolls inside `max` when given. */
export function CodeBlock({
  text,
  name,
  copy = true,
  tall = false,
}: {
  text: string;
  name: string;
  copy?: boolean;
  tall?: boolean;
}) {
  return (
    <div className="group relative">
      <ScrollRegion
        label={name}
        className={`overflow-auto rounded-lg border border-line bg-sunken px-3 py-2 ${tall ? 'max-h-[60vh]' : 'max-h-72'}`}
      >
        <pre className="font-mono text-xs break-words whitespace-pre-wrap">
          <CutText feeds={false} text={text} name={name} />
        </pre>
      </ScrollRegion>
      {copy && (
        <div className="absolute top-1 right-1.5 opacity-0 group-focus-within:opacity-100 group-hover:opacity-100">
          <CopyButton text={text} />
        </div>
      )}
    </div>
  );
}
