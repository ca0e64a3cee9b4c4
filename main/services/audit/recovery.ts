/** Closing what a daemon that died left open. */
import type { LedgerRecord, RecordDraft } from '../../contract/record.ts';
import type { LedgerWriter } from './ledgerWriter.ts';
import { OpenIntents } from './openIntents.ts';
import type { LedgerStore } from './ports.ts';

const BATCH = 500;

/** Gives every intent without outcome the outcome `unknown`; returns how many there were. */
export function closeOpenIntents(store: LedgerStore, writer: LedgerWriter): number {
  const size = store.size();
  const open = new OpenIntents();
  for (let from = store.lastCheckpoint()?.openFrom ?? 0; from < size; from += BATCH) {
    for (const row of store.records(from, BATCH)) if (row.seq < from + BATCH) open.saw(row, row.seq);
  }
  const intents = open.list().flatMap((seq) => store.view(seq) ?? []);
  for (const intent of intents) writer.append(unknownOutcome(intent));
  return intents.length;
}

function unknownOutcome(intent: LedgerRecord): RecordDraft {
  const { session, client, server, method, tool, call } = intent;
  return {
    type: 'outcome',
    event: 'unknown',
    ...(session !== undefined && { session }),
    ...(client !== undefined && { client }),
    ...(server !== undefined && { server }),
    ...(method !== undefined && { method }),
    ...(tool !== undefined && { tool }),
    ...(call !== undefined && { call }),
    ...(intent.class !== undefined && { class: intent.class }),
    reason: 'Countersign ended before the outcome was recorded: the call may have run.',
    detail: { intent: intent.id },
  };
}
