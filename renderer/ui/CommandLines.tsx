import { VisibleText } from './VisibleText.tsx';

/** A command as it will run: program and arguments each on a line of their own, numbered, nothing cut. */
export function CommandLines({ command, args }: { command: string; args: readonly string[] }) {
  const lines = [command, ...args];
  return (
    <ol
      aria-label="Command, one argument a line"
      className="overflow-hidden rounded-lg border border-line bg-sunken py-1.5 font-mono text-[12.5px] leading-6"
    >
      {lines.map((text, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an argument is its position
        <li key={index} className="flex gap-3 px-3">
          <span aria-hidden="true" className="w-5 shrink-0 text-right text-2xs leading-6 text-ink-faint select-none">
            {index === 0 ? '$' : index}
          </span>
          <span className={index === 0 ? 'font-semibold break-all' : 'break-all whitespace-pre-wrap'}>
            {text === '' ? <span className="text-ink-faint italic">empty argument</span> : <VisibleText text={text} />}
          </span>
        </li>
      ))}
    </ol>
  );
}
