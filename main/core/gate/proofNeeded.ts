/** Which answers need more than a click in the approval window: the passcode, or the system's authentication. */
import type { AskSubject } from '../../contract/ask.ts';
import type { Strictness } from '../../contract/personProof.ts';
import { capital } from './effectWords.ts';

export interface ProofSetting {
  readonly strictness: Strictness;
  /** What can drive the screen now, in words; null when nothing is known to. */
  readonly screen: string | null;
}

/** What decides who may approve, or what is asked at all: never by a click alone. */
const ALWAYS: Partial<Record<AskSubject['kind'], string>> = {
  policy: 'Policy decides what is asked at all.',
  approver: 'It decides whose word counts.',
  countersign: 'Your countersignature lets it run on somebody else’s machine.',
  proof: 'It makes approving easier.',
};

/** Why a yes to this needs a proof of the person, in a sentence for the prompt; null when the window's click will do. */
export function proofNeeded(subject: AskSubject, { strictness, screen }: ProofSetting): string | null {
  const always = ALWAYS[subject.kind];
  if (always !== undefined) return always;
  // Choosing the first one cannot ask for it.
  if (subject.kind === 'passcode') return subject.replaces ? 'It replaces your passcode.' : null;
  if (subject.kind === 'call' && subject.class === 'external')
    return 'It reaches outside or cannot be taken back, so a click is not enough.';
  if (subject.kind === 'pin' && subject.tools.some((tool) => tool.was === 'external' && tool.class !== 'external'))
    return 'It takes the highest class away from a tool.';
  if (subject.kind === 'call' && subject.class === 'read') return null;
  if (screen !== null) return `${capital(screen)} can drive the screen, and could click here in your place.`;
  if (strictness === 'all') return 'You chose to prove yourself for everything above reading.';
  if (strictness === 'write' && subject.kind === 'call' && subject.class === 'write')
    return 'You chose to prove yourself for what writes.';
  return null;
}
