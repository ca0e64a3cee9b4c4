import { useEffect, useState } from 'react';
import type { PolicyReplay } from '../../../main/contract/policy.ts';
import type { RuleRef } from '../../../main/contract/verdict.ts';
import { useAction } from '../../link/useAction.ts';
import { VerdictBadge } from '../../ui/Badge.tsx';
import { Button } from '../../ui/Button.tsx';
import { Note } from '../../ui/Note.tsx';
import { ErrorState } from '../../ui/States.tsx';
import { fullTime, shortTime } from '../../ui/time.ts';
import { VisibleText } from '../../ui/VisibleText.tsx';

/** Differences shown before "Show all". */
const FIRST = 20;

/** The proposal of this digest, tried against the recorded past before anybody accepts it (PRODUCT.md Y6). */
export function Replay({ digest }: { digest: string }) {
  const { run, reset, busy, result, refusal } = useAction((link) => link.policy.replay({}));
  // What was found of one proposal says nothing of the next.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the digest is what it hangs on
  useEffect(reset, [digest]);
  return (
    <div className="space-y-3">
      <div className="flex items-center gap-3">
        <Button busy={busy} onClick={() => run()}>
          Try on past calls
        </Button>
        <p className="text-xs text-ink-faint">Judges the newest recorded calls again. Nothing runs.</p>
      </div>
      {refusal !== null && <ErrorState refusal={refusal} />}
      {result !== undefined && <Result replay={result} />}
    </div>
  );
}

function Result({ replay: { calls, skipped, since, differences } }: { replay: PolicyReplay }) {
  const [all, setAll] = useState(false);
  const kept = skipped === 0 ? '' : ` ${skipped} more could not be judged: their arguments were not kept.`;
  const seen = `${calls} recorded calls${since === null ? '' : ` since ${fullTime(since)}`}.${kept}`;
  if (differences.length === 0) {
    return (
      <Note tone="good" live title="No recorded call would be judged otherwise">
        {seen}
      </Note>
    );
  }
  const looser = differences.filter(({ before, after }) => rank(after) < rank(before)).length;
  const shown = all ? differences : differences.slice(0, FIRST);
  return (
    <>
      <Note
        tone={looser > 0 ? 'warn' : 'info'}
        live
        title={`${differences.length} of ${calls} calls would be judged otherwise, ${looser} of them less strictly`}
      >
        {seen}
      </Note>
      <ul
        aria-label="Calls that would be judged otherwise"
        className="divide-y divide-line rounded-lg border border-line"
      >
        {shown.map(({ record, at, effect, before, after, masked }) => (
          <li key={record} className="space-y-1 px-3 py-2 text-sm">
            <div className="flex items-baseline gap-3">
              <span className="min-w-0 flex-1 break-words">
                <VisibleText text={effect} terse />
              </span>
              <time dateTime={at} title={fullTime(at)} className="shrink-0 text-xs text-ink-faint">
                {shortTime(at, Date.now())}
              </time>
            </div>
            <div className="flex flex-wrap items-center gap-2 text-xs text-ink-soft">
              <VerdictBadge value={before.decision} approvals={before.approvals} />
              <Rule rule={before.rule} />
              <span aria-hidden="true">→</span>
              <span className="sr-only">would become</span>
              <VerdictBadge value={after.decision} approvals={after.approvals} />
              <Rule rule={after.rule} />
              {masked && <span className="text-ink-faint">parts of its arguments are masked</span>}
            </div>
          </li>
        ))}
      </ul>
      {shown.length < differences.length && <Button onClick={() => setAll(true)}>Show all {differences.length}</Button>}
    </>
  );
}

function Rule({ rule: { id, file, line } }: { rule: RuleRef }) {
  const place = file === null ? '' : ` (${file}${line === null ? '' : `:${line}`})`;
  return (
    <code className="font-mono text-2xs break-all">
      <VisibleText text={id + place} terse />
    </code>
  );
}

const STRICTNESS = { allow: 0, ask: 1, deny: 4 } as const;
const rank = ({ decision, approvals }: { decision: keyof typeof STRICTNESS; approvals: number }) =>
  STRICTNESS[decision] + approvals;
