import { type Launch, type LaunchFinding, placeText } from '../../main/contract/launch.ts';
import { Badge } from './Badge.tsx';
import { VisibleText } from './VisibleText.tsx';

const TONES = { severe: 'bad', warning: 'warn', info: 'info' } as const;

/** What was found in a launch, worst first, each with the text it is about. */
export function LaunchFindings({ launch, findings }: { launch: Launch | null; findings: readonly LaunchFinding[] }) {
  return (
    <ul aria-label="Findings" className="divide-y divide-line overflow-hidden rounded-lg border border-line">
      {findings.map((finding) => {
        const text = launch === null ? '' : aboutText(launch, finding);
        return (
          <li
            key={`${finding.id} ${finding.where} ${finding.span.start} ${finding.span.length} ${finding.message}`}
            className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5 px-3 py-2 text-sm"
          >
            <Badge tone={TONES[finding.severity]}>{finding.severity}</Badge>
            <span className="min-w-0 flex-1">
              <VisibleText text={finding.message} />
            </span>
            <span className="basis-full font-mono text-xs break-all text-ink-soft">
              <VisibleText text={text === '' ? placeText(finding.where) : text} />
            </span>
          </li>
        );
      })}
    </ul>
  );
}

function aboutText(launch: Launch, { where, span }: LaunchFinding): string {
  const argument = /^args\[(\d+)\]$/.exec(where)?.[1];
  const text =
    where === 'command' ? launch.command : argument === undefined ? '' : (launch.args[Number(argument)] ?? '');
  return text.slice(span.start, span.start + span.length);
}
