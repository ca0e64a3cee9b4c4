import { EyeOff, Globe, KeyRound, PenLine, ShieldCheck, ShieldOff } from 'lucide-react';
import { type Reach, type ReachLine, reachLines } from '../../main/contract/sandbox.ts';
import { VisibleText } from './VisibleText.tsx';

const ICONS = { sandbox: ShieldCheck, changes: PenLine, reads: KeyRound, hidden: EyeOff, network: Globe } as const;

/** What a server reaches of the machine: every path in full, and plainly where nothing holds it. */
export function ReachView({ reach, held }: { reach: Reach | undefined; held: string }) {
  return (
    <ul className="divide-y divide-line overflow-hidden rounded-lg border border-line">
      {(reach === undefined ? [] : reachLines(reach)).map((line) => (
        <Line key={line.about} line={line} />
      ))}
      <li className="flex gap-2.5 px-3 py-2 text-sm">
        <ShieldCheck size={15} aria-hidden="true" className="mt-0.5 shrink-0 text-ink-faint" />
        <span className="min-w-0">
          Ends as a whole: <VisibleText text={held} />
        </span>
      </li>
    </ul>
  );
}

function Line({ line }: { line: ReachLine }) {
  const Icon = line.open && line.about === 'sandbox' ? ShieldOff : ICONS[line.about];
  return (
    <li className={`flex gap-2.5 px-3 py-2 text-sm ${line.open ? 'bg-warn-soft text-warn-ink' : ''}`}>
      <Icon size={15} aria-hidden="true" className={`mt-0.5 shrink-0 ${line.open ? '' : 'text-ink-faint'}`} />
      <div className="min-w-0 space-y-0.5">
        <p>
          <VisibleText text={line.text} />
        </p>
        {line.paths.map((path) => (
          <p key={path} className="font-mono text-xs break-all">
            <VisibleText text={path} />
          </p>
        ))}
      </div>
    </li>
  );
}
