import { useEffect, useRef } from 'react';
import { pressed, type ShortcutResult, type ShortcutState } from './shortcuts.ts';

const PATIENCE_MS = 1200;

/** Listens for the screens' shortcuts; keys typed into fields stay theirs. */
export function useShortcuts(act: (what: NonNullable<ShortcutResult['act']>) => void): void {
  const latest = useRef(act);
  latest.current = act;
  useEffect(() => {
    let state: ShortcutState = { pending: false };
    let timer: ReturnType<typeof setTimeout> | undefined;
    function onKey(event: KeyboardEvent): void {
      const mod = event.ctrlKey || event.metaKey;
      if (event.altKey || event.repeat || event.defaultPrevented) return;
      if (!mod && isField(event.target)) return;
      const result = pressed(state, event.key, mod);
      state = result.state;
      clearTimeout(timer);
      if (state.pending) timer = setTimeout(() => (state = { pending: false }), PATIENCE_MS);
      if (result.act !== null) {
        event.preventDefault();
        latest.current(result.act);
      }
    }
    window.addEventListener('keydown', onKey);
    return () => {
      window.removeEventListener('keydown', onKey);
      clearTimeout(timer);
    };
  }, []);
}

function isField(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}
