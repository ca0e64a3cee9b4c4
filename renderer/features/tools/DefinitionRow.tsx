import { ChevronRight, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { type DefinitionReview, TOOL_CLASSES, type ToolClass } from '../../../main/contract/tool.ts';
import { count } from '../../ui/askWords.ts';
import { Badge, CLASS_WORDS, ClassBadge, KIND_LABELS, ToolBadge } from '../../ui/Badge.tsx';
import { DefinitionView } from '../../ui/DefinitionView.tsx';
import { Digest } from '../../ui/Digest.tsx';
import { Select } from '../../ui/Field.tsx';
import { FindingList } from '../../ui/FindingList.tsx';
import { MeaningList } from '../../ui/MeaningList.tsx';
import { Fact, Facts } from '../../ui/Panel.tsx';
import { VisibleText } from '../../ui/VisibleText.tsx';
import { lowers } from './choices.ts';

const OPTIONS = TOOL_CLASSES.map((value) => ({ value, label: CLASS_WORDS[value].label }));

/** One definition: what was found, what its change could mean and the definition itself on demand; of a tool its class to choose. */
export function DefinitionRow({
  review,
  value,
  onPick,
  stopped = false,
  actions,
}: {
  review: DefinitionReview;
  value: ToolClass;
  onPick: (value: ToolClass) => void;
  /** A kill switch covers it. */
  stopped?: boolean;
  actions?: ReactNode;
}) {
  const { kind, name, state, findings } = review;
  const [open, setOpen] = useState(state === 'changed' || (state === 'new' && findings.length > 0));
  const id = `${kind}-${name}`;
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
              <Name kind={kind} name={name} />
              {state !== 'accepted' && <ToolBadge value={state} />}
              {stopped && <Badge tone="bad">Stopped</Badge>}
              {findings.length > 0 && (
                <Badge tone="bad">
                  <TriangleAlert aria-hidden="true" size={11} />
                  {count(findings.length, 'finding')}
                </Badge>
              )}
            </span>
            <span className="block text-xs text-ink-faint">{review.reasons.join(' ')}</span>
          </span>
        </button>
        {kind === 'tool' && <ClassChoice review={review} value={value} onPick={onPick} />}
      </div>
      {open && (
        <div id={id} className="mt-2 mb-1 ml-5 space-y-3">
          <FindingList findings={findings} label={`Findings about ${name}`} />
          <MeaningList meaning={review.meaning} label={`What the change of ${name} could mean`} />
          <DefinitionView of={name} definition={review.definition} pinned={review.pinned} />
          <Facts>
            {kind === 'tool' && (
              <Fact name="Proposed class">
                <ClassBadge value={review.proposed} />
              </Fact>
            )}
            <Fact name="Digest">
              <Digest value={review.digest} />
            </Fact>
          </Facts>
          {actions}
        </div>
      )}
    </li>
  );
}

/** A tool by its name alone; the rest says what it is, and what there is once says only that. */
function Name({ kind, name }: Pick<DefinitionReview, 'kind' | 'name'>) {
  const label = kind === 'tool' ? null : KIND_LABELS[kind];
  return (
    <>
      {label !== null && <span className="text-sm font-medium">{label}</span>}
      {kind !== name && (
        <span className="font-mono text-sm font-semibold break-all">
          <VisibleText text={name} breaks={false} />
        </span>
      )}
    </>
  );
}

function ClassChoice({
  review: { name, state, proposed },
  value,
  onPick,
}: {
  review: DefinitionReview;
  value: ToolClass;
  onPick: (value: ToolClass) => void;
}) {
  return (
    <div className="flex shrink-0 items-center gap-2">
      {lowers(proposed, value) && <Badge tone="warn">lower than proposed</Badge>}
      {state === 'gone' ? (
        <ClassBadge value={value} />
      ) : (
        <Select
          bare
          label={`Class of ${name}`}
          options={OPTIONS}
          value={value}
          onChange={(event) => onPick(event.target.value as ToolClass)}
          small
          className="w-36"
        />
      )}
    </div>
  );
}
