import type { LaunchFinding, Severity } from '../../main/contract/launch.ts';
import { VisibleText } from './VisibleText.tsx';

const LOOKS: Record<Severity, string> = {
  severe: 'bg-bad-soft decoration-bad-solid',
  warning: 'bg-warn-soft decoration-warn-solid',
  info: 'bg-accent-soft decoration-accent',
};

/** The text of one place of a launch, each part that a finding is about marked by the worst of them. */
export function MarkedText({
  text,
  where,
  findings,
}: {
  text: string;
  where: string;
  findings: readonly LaunchFinding[];
}) {
  const here = findings.filter((one) => one.where === where && one.span.length > 0);
  const edges = here.flatMap(({ span }) => [span.start, Math.min(text.length, span.start + span.length)]);
  const cuts = [...new Set([0, ...edges, text.length])].sort((a, b) => a - b);
  return cuts.slice(0, -1).map((from, index) => {
    const part = text.slice(from, cuts[index + 1]);
    const worst = here.find(({ span }) => span.start <= from && from < span.start + span.length);
    return worst === undefined ? (
      <VisibleText key={from} text={part} />
    ) : (
      <span key={from} title={worst.message} className={`rounded-sm underline decoration-2 ${LOOKS[worst.severity]}`}>
        <VisibleText text={part} />
      </span>
    );
  });
}
