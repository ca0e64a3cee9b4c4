/**
 * When a yes counts (SECURITY.md prompt rule 7). Pure: every event carries the time when it was made, not when the page
 * came to it, in milliseconds of one clock.
 *
 * A yes is dead until the prompt was painted, focused and left alone for 500 ms. Painting it, regaining or losing focus
 * and every key struck start the 500 ms anew, and so does a press of the pointer meanwhile; a key that is held keeps it
 * dead. A yes by pointer must have begun, as a press, after that; a yes by keyboard is Ctrl+Enter
 * (Cmd+Enter on a Mac) struck after that, not repeated. Enter alone never is one.
 */

export const DEAD_MS = 500;

export interface Arming {
  /** The ask in sight; null when none is. */
  readonly ask: string | null;
  readonly focused: boolean;
  /** `Infinity` until the ask in sight is painted. */
  readonly deadUntil: number;
  /** Codes of keys that are down. */
  readonly held: ReadonlySet<string>;
  /** A press on the yes button began while it was armed and has not ended. */
  readonly pressed: boolean;
}

export type ArmingEvent =
  | { readonly kind: 'shown'; readonly ask: string | null; readonly at: number }
  /** What was shown is on the screen. */
  | { readonly kind: 'painted'; readonly at: number }
  | { readonly kind: 'focus' | 'blur'; readonly at: number }
  | { readonly kind: 'keydown'; readonly code: string; readonly at: number; readonly typing?: boolean }
  | { readonly kind: 'keyup'; readonly code: string; readonly at: number }
  | { readonly kind: 'press'; readonly onYes: boolean; readonly at: number }
  | { readonly kind: 'release'; readonly at: number };

/** Nothing in sight; `focused` as the window says. */
export function disarmed(focused: boolean): Arming {
  return { ask: null, focused, deadUntil: 0, held: new Set(), pressed: false };
}

/** The state after an event. */
export function arm(state: Arming, event: ArmingEvent): Arming {
  // What was made before the newest paint may be taken after it: it never shortens what is left.
  const again = Math.max(state.deadUntil, event.at + DEAD_MS);
  switch (event.kind) {
    case 'shown':
      return event.ask === state.ask
        ? state
        : { ...state, ask: event.ask, deadUntil: Number.POSITIVE_INFINITY, pressed: false };
    case 'painted':
      return { ...state, deadUntil: event.at + DEAD_MS, pressed: false };
    case 'focus':
      return { ...state, focused: true, deadUntil: again, pressed: false };
    case 'blur':
      return { ...state, focused: false, deadUntil: again, held: new Set(), pressed: false };
    case 'keydown': {
      const held = new Set(state.held).add(event.code);
      // Typing into a field of the prompt is an answer being given, not a stray key; Ctrl may begin one.
      const spared = event.typing || (MODIFIERS.has(event.code) && isArmed(state, event.at));
      return { ...state, held, deadUntil: spared ? state.deadUntil : again };
    }
    case 'keyup': {
      const held = new Set(state.held);
      held.delete(event.code);
      return { ...state, held };
    }
    case 'press': {
      const armed = isArmed(state, event.at);
      return { ...state, pressed: armed && event.onYes, deadUntil: armed ? state.deadUntil : again };
    }
    case 'release':
      return { ...state, pressed: false };
  }
}

/** Keys that change nothing by being down. */
const MODIFIERS = new Set(['ControlLeft', 'ControlRight', 'MetaLeft', 'MetaRight', 'ShiftLeft', 'ShiftRight']);

/** Whether a yes begun now counts. */
export function isArmed(state: Arming, now: number): boolean {
  return (
    state.ask !== null &&
    state.focused &&
    now >= state.deadUntil &&
    [...state.held].every((code) => MODIFIERS.has(code))
  );
}

/** Whether a click that ends now is a yes: its press began armed and nothing disarmed it since. */
export function clickCounts(state: Arming, now: number): boolean {
  return state.pressed && isArmed(state, now);
}
