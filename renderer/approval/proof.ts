/** How the person is proved with this answer. */
import type { AskView } from '../../main/contract/ask.ts';
import type { SystemAuthentication } from '../../main/contract/personProof.ts';
import type { DaemonStatus } from '../../main/contract/status.ts';
import type { Where } from './door.ts';
import { passcodeFault } from './passcodes.ts';
import type { Given } from './readiness.ts';

export type Proof =
  | { readonly kind: 'none' }
  | { readonly kind: 'passcode'; readonly system: SystemAuthentication | null }
  /** There is no passcode yet, and no other way: one is chosen with the answer. */
  | { readonly kind: 'first' };

/** What a yes to this ask takes: the daemon says whether, and a browser always needs the passcode. */
export function proofFor(ask: AskView, status: Pick<DaemonStatus, 'passcode' | 'system'>, where: Where): Proof {
  const { subject } = ask;
  if (subject.kind === 'passcode' && !subject.replaces) return { kind: 'none' };
  if (where === 'browser') return { kind: 'passcode', system: null };
  if (ask.because === null) return { kind: 'none' };
  if (status.passcode === 'missing' && status.system === null) return { kind: 'first' };
  return { kind: 'passcode', system: status.system };
}

/** What is lacking of the proof, in a sentence; undefined when nothing is. */
export function lackingProof(proof: Proof, given: Given): string | undefined {
  if (proof.kind === 'first') return passcodeFault(given.passcode, given.passcodeAgain);
  if (proof.kind === 'passcode' && given.passcode === '' && proof.system === null) return 'Type your passcode.';
  return undefined;
}
