import { useEffect, useRef, useState } from 'react';
import { type Arming, type ArmingEvent, arm, clickCounts, disarmed, isArmed } from './armed.ts';

export interface ArmingHandle {
  /** Whether the yes button is alive, for drawing. */
  readonly armed: boolean;
  /** Asked at the moment of the click: the press began armed. */
  clickCounts(click: Event): boolean;
  /** Asked at the moment a key is struck: it was armed before. */
  keyCounts(key: Event): boolean;
}

/** Follows focus, keys and presses of the window for the ask in sight. `isYes` knows the yes button from its parts. */
export function useArming(ask: string | null, isYes: (target: EventTarget | null) => boolean): ArmingHandle {
  const state = useRef<Arming>(disarmed(document.hasFocus() && document.visibilityState === 'visible'));
  const [armed, setArmed] = useState(false);
  const find = useRef(isYes);
  find.current = isYes;
  const take = useRef<(event: ArmingEvent) => void>(() => {});
  /** The state that the newest key was struck in. */
  const before = useRef<Arming>(state.current);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    function draw(): void {
      const now = performance.now();
      setArmed(isArmed(state.current, now));
      clearTimeout(timer);
      const left = state.current.deadUntil - now;
      if (left > 0 && Number.isFinite(left)) timer = setTimeout(draw, left + 1);
    }
    take.current = (event) => {
      state.current = arm(state.current, event);
      draw();
    };
    const at = (): number => performance.now();
    const focus = (): void =>
      take.current({
        kind: document.hasFocus() && document.visibilityState === 'visible' ? 'focus' : 'blur',
        at: at(),
      });
    const blur = (): void => take.current({ kind: 'blur', at: at() });
    const down = (event: KeyboardEvent): void => {
      before.current = state.current;
      take.current({ kind: 'keydown', code: event.code, at: madeAt(event), typing: isField(event.target) });
    };
    const up = (event: KeyboardEvent): void => {
      take.current({ kind: 'keyup', code: event.code, at: madeAt(event) });
      // A Mac sends no keyup for keys released while Command is down.
      if (event.key === 'Meta')
        for (const code of state.current.held) take.current({ kind: 'keyup', code, at: madeAt(event) });
    };
    const press = (event: PointerEvent): void =>
      take.current({
        kind: 'press',
        onYes: event.isTrusted && event.button === 0 && find.current(event.target),
        at: madeAt(event),
      });
    // The click follows the release: the press is forgotten only after it.
    const release = (): void => void setTimeout(() => take.current({ kind: 'release', at: at() }));
    window.addEventListener('focus', focus);
    window.addEventListener('blur', blur);
    document.addEventListener('visibilitychange', focus);
    window.addEventListener('keydown', down, true);
    window.addEventListener('keyup', up, true);
    window.addEventListener('pointerdown', press, true);
    window.addEventListener('pointerup', release, true);
    window.addEventListener('pointercancel', release, true);
    // Focus may have come between drawing and listening.
    focus();
    return () => {
      clearTimeout(timer);
      window.removeEventListener('focus', focus);
      window.removeEventListener('blur', blur);
      document.removeEventListener('visibilitychange', focus);
      window.removeEventListener('keydown', down, true);
      window.removeEventListener('keyup', up, true);
      window.removeEventListener('pointerdown', press, true);
      window.removeEventListener('pointerup', release, true);
      window.removeEventListener('pointercancel', release, true);
    };
  }, []);

  useEffect(() => {
    take.current({ kind: 'shown', ask, at: performance.now() });
    // A frame is asked for before it is painted, and what follows it comes after.
    let after: ReturnType<typeof setTimeout> | undefined;
    const frame = requestAnimationFrame(() => {
      after = setTimeout(() => take.current({ kind: 'painted', at: performance.now() }));
    });
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(after);
    };
  }, [ask]);

  return {
    armed,
    clickCounts: (click) => clickCounts(state.current, madeAt(click)),
    keyCounts: (key) => isArmed(before.current, madeAt(key)),
  };
}

/** When a hand made it. A page that was busy comes to it later, and must not take the wait for time to read. */
function madeAt(event: Event): number {
  return Math.min(event.timeStamp, performance.now());
}

/** Whether keys go into a field the person types in. */
export function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}
