import type { Payload, RecordDraft } from '../../contract/record.ts';
import { Refused } from '../../contract/refusal.ts';
import type { AuditWriter } from './ports.ts';

/** Records what happens all the same where the ledger cannot be written: stopping something never waits for a disk. */
export function appendIfPossible(audit: AuditWriter, draft: RecordDraft, payload?: Payload): void {
  try {
    audit.append(draft, payload);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
  }
}
