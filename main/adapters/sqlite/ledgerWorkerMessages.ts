/** What the daemon's thread and the ledger's worker say to each other. */
import type { SearchPlan } from '../../contract/search.ts';
import type { KeptPayloads, LedgerPlace, LedgerQuery, LedgerRowsQuery } from '../../services/audit/ports.ts';

export interface LedgerWorkerData {
  readonly file: string;
  readonly indexFile: string;
}
export type LedgerQuestion =
  | { readonly kind: 'tend' }
  | { readonly kind: 'search'; readonly number: number; readonly query: LedgerQuery }
  | { readonly kind: 'rows'; readonly number: number; readonly query: LedgerRowsQuery }
  | { readonly kind: 'rowOf'; readonly number: number; readonly query: LedgerPlace }
  | { readonly kind: 'counts'; readonly number: number; readonly plan: SearchPlan; readonly steps: number }
  | {
      readonly kind: 'oldest';
      readonly number: number;
      readonly plan: SearchPlan;
      readonly from: number;
      readonly limit: number;
    }
  | { readonly kind: 'known'; readonly number: number }
  | { readonly kind: 'call'; readonly number: number; readonly call: string }
  | { readonly kind: 'payloads'; readonly number: number; readonly limits: KeptPayloads }
  /** The database is given nothing until the worker has said so. */
  | { readonly kind: 'paused' }
  | { readonly kind: 'close' };
export type LedgerAnswer =
  /** Unasked, now and then: there is more work on the index, and no reason to be let go. */
  | { readonly tending: true }
  /** Unasked: give the database nothing for a moment, or go on. */
  | { readonly pause: boolean }
  | { readonly number: number; readonly value: unknown }
  | { readonly number: number; readonly failed: string };
