/** What is said of each procedure of the contract: how it is called, and what it has to leave on record. */
import { userInfo } from 'node:os';
import type { Api } from '../../../main/contract/api.ts';
import type { RecordView } from '../../../main/contract/record.ts';

type Procedure = { [Area in keyof Api & string]: `${Area}.${keyof Api[Area] & string}` }[keyof Api & string];
/** What a record says at least. */
export type Said = Partial<Omit<RecordView, 'detail'>> & { readonly detail?: object };

interface Change {
  /** What its record has to say besides the person and the way. */
  readonly leaves: Said & Pick<RecordView, 'type' | 'event'>;
  /** What has to be told by the question's and its answer's record, where it asks. */
  readonly asks?: Said;
  /** The person or way of its record, where that is not the caller's. */
  readonly by?: Said;
  /** Typed with the answer. */
  readonly value?: string;
  /** Makes it possible, before it is looked at. */
  readonly first?: () => Promise<unknown>;
  /** Calls it, as a program of the account on the control socket unless only another door may. */
  readonly call: () => Promise<unknown>;
}
/** Why something that is no reading leaves no record. */
interface Nothing {
  readonly none: string;
}

/** In an order in which each is possible. `reads` changes nothing. */
export type Procedures = { readonly [Name in Procedure]?: Change | Nothing | 'reads' };

export const person = userInfo().username;
export const CONTROL = { person, via: 'control' } as const;
export const WINDOW = { person, via: 'window' } as const;
