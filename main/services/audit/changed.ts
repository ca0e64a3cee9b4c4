import type { Payload } from '../../contract/record.ts';
import { utf8 } from '../../core/ledger/utf8.ts';

/** The payload of the record of a change: what was and what is, as JSON; null where there is nothing. */
export function changed(before: unknown, after: unknown): Payload {
  return { kind: 'subject', bytes: utf8(JSON.stringify({ before, after })) };
}
