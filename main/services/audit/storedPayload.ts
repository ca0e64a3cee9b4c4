import { Refused } from '../../contract/errors.ts';
import type { LedgerSource, StoredPayload } from './ports.ts';

/**
 * What was kept of a record's payload: undefined when there is nothing, null when it is damaged, which the verifier names
 * and which holds nothing else up. Throws when the database does not answer.
 */
export function storedPayload(source: Pick<LedgerSource, 'payload'>, seq: number): StoredPayload | null | undefined {
  try {
    return source.payload(seq);
  } catch (error) {
    if (error instanceof Refused) return null;
    throw error;
  }
}
