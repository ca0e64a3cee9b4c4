import { ChevronRight, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { TOOL_CLASSES, type ToolClass, type ToolReview } from '../../../main/contract/tool.ts';
import { Badge, CLASS_WORDS, ClassBadge, ToolBadge } from '../../ui/Badge.tsx';
import { DefinitionView } from '../../ui/DefinitionView.tsx';
import { Digest } from '../../ui/Digest.tsx';
import { Select } from '../../ui/Field.tsx';
import { FindingList } from '../../ui/FindingList.tsx';
import { Fact, Facts } from '../../ui/Panel.tsx';
import { VisibleText } from '../../ui/VisibleText.tsx';
import { lowers } from './choices.ts';

const OPTIONS = TOOL_CLASSES.map((value) => ({ value, label: CLASS_WORDS[value].label }));

/** One tool: its class to choose, why that class is proposed, what was found, and its definition on demand. */
export function ToolRow({
  tool,
  value,
  onPick,
  onHold,
}: {
  tool: ToolReview;
  value: ToolClass;
  onPick: (value: ToolClass) => void;
  onHold?: ReactNode;
}) {
  const [open, setOpen] = useState(tool.state === 'changed' || (tool.state === 'new' && tool.findings.length > 0));
  const id = `tool-${tool.name}`;
  return (
    <li className="px-4 py-2.5">
      <div className="flex items-start gap-3">
        <button
          type="button"
          aria-expanded={open}
          aria-controls={id}
          onClick={() => setOpen(!open)}
          className="-ml-1 flex min-w-0 flex-1 items-start gap-1.5 rounded-sm py-0.5 pl-1 text-left"
        >
          <ChevronRight
            aria-hidden="true"
            size={14}
            className={`mt-[3px] shrink-0 text-ink-faint transition-transform ${open ? 'rotate-90' : ''}`}
          />
          <span className="min-w-0">
            <span className="flex flex-wrap items-center gap-2">
              <span className="font-mono text-sm font-semibold break-all">
                <VisibleText text={tool.name} breaks={false} />
              </span>
              {tool.state !== 'accepted' && <ToolBadge value={tool.state} />}
              {tool.findings.length > 0 && (
                <Badge tone="bad">
                  <TriangleAlert aria-hidden="true" size={11} />
                  {tool.findings.length} {tool.findings.length === 1 ? 'finding' : 'findings'}
                </Badge>
              )}
            </span>
            <span className="block text-xs text-ink-faint">{tool.reasons.join(' ')}</span>
          </span>
        </button>
        <div className="flex shrink-0 items-center gap-2">
          {lowers(tool.proposed, value) && <Badge tone="warn">lower than proposed</Badge>}
          {tool.state === 'gone' ? (
            <ClassBadge value={value} />
          ) : (
            <Select
              bare
              label={`Class of ${tool.name}`}
              options={OPTIONS}
              value={value}
              onChange={(event) => onPick(event.target.value as ToolClass)}
              small
              className="w-36"
            />
          )}
        </div>
      </div>
      {open && (
        <div id={id} className="mt-2 mb-1 ml-5 space-y-3">
          <FindingList findings={tool.findings} label={`Findings about ${tool.name}`} />
          <DefinitionView tool={tool.name} definition={tool.definition} pinned={tool.pinned} />
          <Facts>
            <Fact name="Proposed class">
              <ClassBadge value={tool.proposed} />
            </Fact>
            <Fact name="Digest">
              <Digest value={tool.digest} />
            </Fact>
          </Facts>
          {onHold}
        </div>
      )}
    </li>
  );
}
