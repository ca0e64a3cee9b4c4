import type { CallFacts } from '../../core/gate/facts.ts';
import type { RaisedClass } from '../../core/gate/raise.ts';
import type { Exposed } from './exposure.ts';
import type { Call } from './readCall.ts';

/** A governed request as it was understood: what policy judges and a person is asked about. */
export interface Judged {
  readonly call: Call;
  readonly facts: CallFacts;
  /** The class of this call, with what its arguments make of it. */
  readonly raised: RaisedClass;
  readonly target: Exposed;
}
