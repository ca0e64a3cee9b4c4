import { systemPreferences } from 'electron';
import { openPolkit } from '../../adapters/system/polkit.ts';
import type { SystemAuthentication } from '../../contract/personProof.ts';

/** The system's way to tell that it is the person: Touch ID on a Mac, polkit on Linux; Electron reaches none on Windows. */
export interface Authentication {
  readonly kind: SystemAuthentication;
  /** False when the person declines, or the system cannot tell. */
  ask(): Promise<boolean>;
}

/** What this machine offers; null means that the passcode is the only way. */
export async function findSystemAuthentication(): Promise<Authentication | null> {
  if (process.platform === 'darwin') {
    if (!systemPreferences.canPromptTouchID()) return null;
    const ask = () =>
      systemPreferences.promptTouchID('approve what the Countersign window shows').then(
        () => true,
        () => false,
      );
    return { kind: 'touch-id', ask };
  }
  if (process.platform !== 'linux') return null;
  const ask = await openPolkit();
  return ask && { kind: 'polkit', ask };
}
