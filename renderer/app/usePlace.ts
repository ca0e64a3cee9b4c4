import { useSyncExternalStore } from 'react';
import { hrefOf, type Place, placeOf } from './place.ts';

/** The place of the address bar, followed as it changes. */
export function usePlace(): Place {
  const hash = useSyncExternalStore(
    (changed) => {
      window.addEventListener('hashchange', changed);
      return () => window.removeEventListener('hashchange', changed);
    },
    () => location.hash,
  );
  return placeOf(hash);
}

/** Goes there. */
export function go(place: Place): void {
  location.hash = hrefOf(place);
}
