import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import type { AskSubject } from '../../main/contract/ask.ts';
import { TOOL_CLASSES } from '../../main/contract/tool.ts';
import { count } from '../ui/askWords.ts';
import { Badge, CLASS_WORDS, ClassBadge } from '../ui/Badge.tsx';
import { DefinitionView } from '../ui/DefinitionView.tsx';
import { FindingList } from '../ui/FindingList.tsx';
import { VisibleText } from '../ui/VisibleText.tsx';
import { Part } from './Part.tsx';

type PinSubject = Extract<AskSubject, { kind: 'pin' }>;

const CHANGES = {
  new: { tone: 'accent', label: 'new' },
  changed: { tone: 'warn', label: 'definition changed' },
  class: { tone: 'warn', label: 'class changed' },
} as const;

/** Tools to accept, those that will run unasked first, each with its definition. */
export function PinBody({ subject }: { subject: PinSubject }) {
  return TOOL_CLASSES.map((value) => {
    const tools = subject.tools.filter((tool) => tool.class === value);
    if (tools.length === 0) return null;
    const title =
      value === 'read'
        ? `${tools.length} will run without asking`
        : `${tools.length} as ${CLASS_WORDS[value].label.toLowerCase()}: each call follows the policy`;
    return (
      <Part key={value} title={title}>
        <ul className="divide-y divide-line overflow-hidden rounded-lg border border-line bg-panel">
          {tools.map((tool) => (
            <PinnedTool key={tool.name} tool={tool} />
          ))}
        </ul>
      </Part>
    );
  });
}

/** One tool on a line; its definition is drawn once it is opened, one that changed or stands out at once. */
function PinnedTool({ tool }: { tool: PinSubject['tools'][number] }) {
  const findings = tool.findings ?? [];
  const [open, setOpen] = useState(tool.change === 'changed' || findings.length > 0);
  return (
    <li>
      <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)} className="group/tool">
        <summary className="flex list-none items-center gap-2 px-3 py-2 outline-offset-[-2px]">
          <ChevronRight aria-hidden="true" size={13} className="shrink-0 text-ink-faint group-open/tool:rotate-90" />
          <span className="min-w-0 flex-1 font-mono text-xs font-semibold break-all">
            <VisibleText text={tool.name} breaks={false} />
          </span>
          {findings.length > 0 && <Badge tone="bad">{count(findings.length, 'finding')}</Badge>}
          <Badge tone={CHANGES[tool.change].tone}>{CHANGES[tool.change].label}</Badge>
          {tool.was !== null && tool.was !== tool.class && (
            <>
              <ClassBadge value={tool.was} />
              <span aria-hidden="true" className="text-ink-faint">
                →
              </span>
              <span className="sr-only">becomes</span>
            </>
          )}
          <ClassBadge value={tool.class} />
        </summary>
        {open && (
          <div className="space-y-3 px-3 pb-3">
            <FindingList findings={findings} label={`Findings about ${tool.name}`} />
            <DefinitionView tool={tool.name} definition={tool.definition} pinned={tool.pinned ?? null} />
          </div>
        )}
      </details>
    </li>
  );
}
