import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import type { AskSubject } from '../../main/contract/ask.ts';
import { TOOL_CLASSES } from '../../main/contract/tool.ts';
import { count } from '../ui/askWords.ts';
import { Badge, CLASS_WORDS, ClassBadge, KIND_LABELS } from '../ui/Badge.tsx';
import { DefinitionView } from '../ui/DefinitionView.tsx';
import { FindingList } from '../ui/FindingList.tsx';
import { MeaningList } from '../ui/MeaningList.tsx';
import { VisibleText } from '../ui/VisibleText.tsx';
import { Part } from './Part.tsx';

type PinSubject = Extract<AskSubject, { kind: 'pin' }>;

const CHANGES = {
  new: { tone: 'accent', label: 'new' },
  changed: { tone: 'warn', label: 'definition changed' },
  class: { tone: 'warn', label: 'class changed' },
} as const;

/** What to accept: tools that will run unasked first, each with its definition, then what else the server says of itself. */
export function PinBody({ subject }: { subject: PinSubject }) {
  const others = subject.tools.filter(({ kind }) => kind !== 'tool');
  return (
    <>
      {TOOL_CLASSES.map((value) => (
        <Definitions
          key={value}
          title={(n) =>
            value === 'read'
              ? `${n} will run without asking`
              : `${n} as ${CLASS_WORDS[value].label.toLowerCase()}: each call follows the policy`
          }
          list={subject.tools.filter((tool) => tool.kind === 'tool' && tool.class === value)}
        />
      ))}
      <Definitions title={() => 'What else it says of itself: clients and models will read it'} list={others} />
    </>
  );
}

function Definitions({ title, list }: { title: (n: number) => string; list: PinSubject['tools'] }) {
  if (list.length === 0) return null;
  return (
    <Part title={title(list.length)}>
      <ul className="divide-y divide-line overflow-hidden rounded-lg border border-line bg-panel">
        {list.map((one) => (
          <Pinned key={`${one.kind} ${one.name}`} one={one} />
        ))}
      </ul>
    </Part>
  );
}

/** One on a line; its definition is drawn once it is opened, one that changed or stands out at once. */
function Pinned({ one }: { one: PinSubject['tools'][number] }) {
  const { kind, name, findings = [], meaning = [] } = one;
  const [open, setOpen] = useState(one.change === 'changed' || findings.length > 0);
  return (
    <li>
      <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)} className="group/tool">
        <summary className="flex list-none items-center gap-2 px-3 py-2 outline-offset-[-2px]">
          <ChevronRight aria-hidden="true" size={13} className="shrink-0 text-ink-faint group-open/tool:rotate-90" />
          <span className="min-w-0 flex-1 text-xs">
            {kind !== 'tool' && <span className="mr-1.5 text-ink-soft">{KIND_LABELS[kind]}</span>}
            {kind !== name && (
              <span className="font-mono font-semibold break-all">
                <VisibleText text={name} breaks={false} />
              </span>
            )}
          </span>
          {findings.length > 0 && <Badge tone="bad">{count(findings.length, 'finding')}</Badge>}
          <Badge tone={CHANGES[one.change].tone}>{CHANGES[one.change].label}</Badge>
          {one.was !== null && one.was !== one.class && (
            <>
              <ClassBadge value={one.was} />
              <span aria-hidden="true" className="text-ink-faint">
                →
              </span>
              <span className="sr-only">becomes</span>
            </>
          )}
          {kind === 'tool' && <ClassBadge value={one.class} />}
        </summary>
        {open && (
          <div className="space-y-3 px-3 pb-3">
            <FindingList findings={findings} label={`Findings about ${name}`} />
            <MeaningList meaning={meaning} label={`What the change of ${name} could mean`} />
            <DefinitionView of={name} definition={one.definition} pinned={one.pinned ?? null} />
          </div>
        )}
      </details>
    </li>
  );
}
