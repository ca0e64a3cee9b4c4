/** What a procedure knows of its caller. */
import type { CallerKind } from '../../main/contract/collector.ts';
import type { EnrolledDevice } from '../store/enrolments.ts';
import type { Operator } from '../store/organisations.ts';

/** Proved before the body was even unpacked. */
export type Caller =
  | { readonly kind: 'device'; readonly device: EnrolledDevice }
  | { readonly kind: 'operator'; readonly operator: Operator; readonly session: string }
  /** Brings its proof in the body. */
  | { readonly kind: 'open' };

export interface Context {
  readonly caller: Caller;
  /** Keeps a session in the browser, or ends it with null. */
  setSession(session: string | null): void;
  /** Says after how many seconds to come again. */
  comeAgain(seconds: number): void;
}

/** Whether this caller may call a procedure of that kind. */
export function mayCall(kind: CallerKind, { caller }: Context): boolean {
  if (kind === 'device' || kind === 'operator') return caller.kind === kind;
  return kind === 'code' || kind === 'bootstrap' || kind === 'token';
}
