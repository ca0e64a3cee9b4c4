/** Keys that move between screens: `g` and then a letter, as in the field's keyboard-first tools. */
import type { Screen } from './place.ts';

export const GO_KEYS: Record<Screen, string> = {
  home: 'H',
  clients: 'C',
  servers: 'S',
  asks: 'A',
  grants: 'G',
  audit: 'L',
  secrets: 'K',
  policy: 'P',
  settings: ',',
};

export type ShortcutState = { readonly pending: boolean };
export type ShortcutResult = {
  readonly state: ShortcutState;
  readonly act: Screen | 'palette' | 'search' | 'help' | null;
};

/** Takes one key outside text fields; `mod` is Ctrl or Cmd. Pure, so that typing bursts can be tested. */
export function pressed(state: ShortcutState, key: string, mod: boolean): ShortcutResult {
  const idle = { pending: false };
  if (mod) return { state: idle, act: key.toLowerCase() === 'k' ? 'palette' : null };
  if (state.pending) {
    const found = (Object.entries(GO_KEYS) as [Screen, string][]).find(
      ([, letter]) => letter.toLowerCase() === key.toLowerCase(),
    );
    return { state: idle, act: found?.[0] ?? null };
  }
  if (key === 'g') return { state: { pending: true }, act: null };
  if (key === '/') return { state: idle, act: 'search' };
  if (key === '?') return { state: idle, act: 'help' };
  return { state: idle, act: null };
}
