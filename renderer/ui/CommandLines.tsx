import type { LaunchFinding } from '../../main/contract/launch.ts';
import { MarkedText } from './MarkedText.tsx';

/** A command as it will run: program and arguments each on a line of their own, numbered, nothing cut; what was found is marked. */
export function CommandLines({
  command,
  args,
  findings = [],
}: {
  command: string;
  args: readonly string[];
  findings?: readonly LaunchFinding[];
}) {
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
            {text === '' ? (
              <span className="text-ink-faint italic">empty argument</span>
            ) : (
              <MarkedText text={text} where={index === 0 ? 'command' : `args[${index - 1}]`} findings={findings} />
            )}
          </span>
        </li>
      ))}
    </ol>
  );
}
