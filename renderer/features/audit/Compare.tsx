import type { RecordView } from '../../../main/contract/record.ts';
import { Await } from '../../link/Await.tsx';
import { useCall } from '../../link/queries.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { DiffView } from '../../ui/DiffView.tsx';
import { layOut } from '../../ui/jsonText.ts';
import { Fact, Facts } from '../../ui/Panel.tsx';
import { duration, fullTime } from '../../ui/time.ts';

/** Two calls side by side: what differs in what was asked, decided and answered. */
export function Compare({ one, other, onClose }: { one: string; other: string | null; onClose: () => void }) {
  const [first, second] = [useCall(one), useCall(other)];
  return (
    <Dialog open={other !== null} onClose={onClose} title="Two calls compared" note="The marked call first." wide>
      <Await query={first}>{(a) => <Await query={second}>{(b) => <Differences one={a} other={b} />}</Await>}</Await>
    </Dialog>
  );
}

function Differences({ one, other }: { one: readonly RecordView[]; other: readonly RecordView[] }) {
  return (
    <div className="space-y-4">
      <Facts>
        <Fact name="First">{about(one)}</Fact>
        <Fact name="Second">{about(other)}</Fact>
      </Facts>
      {(['arguments', 'result'] as const).map((kind) => (
        <DiffView key={kind} name={kind} before={payloadOf(one, kind)} after={payloadOf(other, kind)} />
      ))}
      <DiffView name="records" before={steps(one)} after={steps(other)} />
    </div>
  );
}

function about(records: readonly RecordView[]): string {
  const first = records[0];
  if (first === undefined) return 'not known any more';
  return `${[first.server, first.tool].filter((part) => part !== undefined).join(' › ')}, ${fullTime(first.at)}`;
}

function payloadOf(records: readonly RecordView[], kind: 'arguments' | 'result'): string | null {
  const text = records.find(({ payload }) => payload?.kind === kind)?.payloadText ?? null;
  return text === null ? null : layOut(text);
}

/** What happened, without what differs in any two calls: ids, times and digests. */
function steps(records: readonly RecordView[]): string {
  return records
    .map(({ type, event, decision, rule, person, code, reason, durationMs }) =>
      [
        `${type}: ${event}`,
        ...(decision === undefined ? [] : [`  verdict ${decision}`]),
        ...(rule === undefined ? [] : [`  rule ${rule.id}`]),
        ...(person === undefined ? [] : [`  by ${person}`]),
        ...(code === undefined ? [] : [`  ${code}`]),
        ...(reason === undefined ? [] : [`  ${reason}`]),
        ...(durationMs === undefined ? [] : [`  took ${duration(durationMs)}`]),
      ].join('\n'),
    )
    .join('\n');
}
