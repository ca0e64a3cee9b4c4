import { ShieldCheck } from 'lucide-react';
import type { ContinuityBreak } from '../../main/contract/collector.ts';
import { Await } from '../link/Await.tsx';
import { Badge } from '../ui/Badge.tsx';
import { CodeBlock } from '../ui/CodeBlock.tsx';
import { Page } from '../ui/Page.tsx';
import { Panel } from '../ui/Panel.tsx';
import { EmptyState } from '../ui/States.tsx';
import { fullTime } from '../ui/time.ts';
import { VisibleText } from '../ui/VisibleText.tsx';
import { BREAKS } from './breakWords.ts';
import { useBreaks } from './fleet.ts';

/** Where a ledger did not continue what had been seen of it, with both heads as evidence. */
export function Breaks() {
  const breaks = useBreaks();
  return (
    <Page title="Continuity" note="What a device cannot explain away: both heads are signed by the device itself.">
      <Await query={breaks}>
        {(list) =>
          list.length === 0 ? (
            <EmptyState icon={<ShieldCheck size={20} />} title="Every ledger continues">
              Nothing that was received has been altered, cut off or begun anew since.
            </EmptyState>
          ) : (
            <Panel flush>
              <ul className="divide-y divide-line">
                {list.map((each) => (
                  <Break key={each.id} found={each} />
                ))}
              </ul>
            </Panel>
          )
        }
      </Await>
    </Page>
  );
}

function Break({ found }: { found: ContinuityBreak }) {
  const { tone, label } = BREAKS[found.kind];
  const { known, shown } = found;
  return (
    <li className="space-y-1.5 px-4 py-3">
      <p className="flex flex-wrap items-center gap-2 text-sm">
        <Badge tone={tone}>{label}</Badge>
        <span className="font-medium">
          <VisibleText text={found.deviceName} breaks={false} />
        </span>
        <span className="ml-auto text-xs text-ink-faint">{fullTime(found.at)}</span>
      </p>
      <p className="text-sm text-ink-soft">
        <VisibleText text={found.message} breaks={false} />
      </p>
      {(known !== null || shown !== null) && (
        <details className="text-xs text-ink-faint">
          <summary className="cursor-default">Evidence</summary>
          <div className="mt-1 grid gap-2 lg:grid-cols-2">
            {known !== null && <Head title="Seen before" note={known} />}
            {shown !== null && <Head title="Shown then" note={shown} />}
          </div>
        </details>
      )}
    </li>
  );
}

function Head({ title, note }: { title: string; note: string }) {
  return (
    <figure className="min-w-0 space-y-1">
      <figcaption>{title}</figcaption>
      <CodeBlock name={title} text={note} />
    </figure>
  );
}
