/** Records put together to calls. */
import type { RecordView } from '../../../main/contract/record.ts';

export interface CallLine {
  /** A record of it to open. */
  readonly id: string;
  readonly at: string;
  readonly first: RecordView;
  /** How it ended: its outcome, its refusal, or what was known last. */
  readonly last: RecordView;
}

/** Calls and what stands alone, oldest first, whatever the order of the records. */
export function callLines(records: readonly RecordView[]): CallLine[] {
  const lines = new Map<string, RecordView[]>();
  for (const record of [...records].sort((a, b) => a.seq - b.seq)) {
    const key = record.call ?? record.id;
    lines.set(key, [...(lines.get(key) ?? []), record]);
  }
  return [...lines.values()].flatMap((its) => {
    const first = its.find(({ type }) => type === 'intent') ?? its[0];
    const last = its.findLast(({ type }) => type === 'outcome' || type === 'refused') ?? its.at(-1);
    return first && last ? [{ id: first.id, at: its[0]?.at ?? first.at, first, last }] : [];
  });
}
