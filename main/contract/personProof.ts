/** Which answers want a proof of the person, and what besides the passcode can give one (SECURITY.md rules 3 and 23). */
import { z } from 'zod';

/** For which answers the window wants a proof, least first: the highest class always does. */
export const STRICTNESS = ['external', 'write', 'all'] as const;
export const strictness = z.enum(STRICTNESS);
export type Strictness = z.infer<typeof strictness>;

/** Which answers a strictness wants a proof for, as the end of a sentence. */
export function proofWords(value: Strictness): string {
  return {
    external: 'for what reaches outside or cannot be taken back',
    write: 'for everything that writes',
    all: 'for everything above reading',
  }[value];
}

/** How the operating system can tell that it is the person. */
export const systemAuthentication = z.enum(['touch-id', 'polkit']);
export type SystemAuthentication = z.infer<typeof systemAuthentication>;

export const proofState = z.object({
  strictness,
  /** Null where this system offers none that the app can reach: then it is the passcode. */
  system: systemAuthentication.nullable(),
  /** What can drive the screen now, in words. */
  screen: z.string().nullable(),
});
export type ProofState = z.infer<typeof proofState>;
