import { SCREENS } from '../app/place.ts';
import { SUBJECTS } from '../link/memory/asks.ts';

const STATES = ['full', 'empty', 'loading', 'error'] as const;
const PLACES = [...SCREENS, 'servers/files', 'servers/github/launch', 'servers/files/tools', 'servers/files/log'];
const ASKS = [...Object.keys(SUBJECTS), 'unlock', 'vault', 'none'];

/** Links to everything the gallery can show. */
export function Contents() {
  return (
    <main className="mx-auto h-full max-w-3xl space-y-6 overflow-y-auto p-8">
      <h1 className="text-2xl font-semibold">Gallery</h1>
      <p>
        <Go href="?view=components">Components</Go> <Go href="?view=components&theme=dark">in the dark</Go>
      </p>
      <ul className="space-y-1">
        {PLACES.map((place) => (
          <li key={place} className="flex gap-3">
            <span className="w-44 font-mono text-xs">{place}</span>
            {STATES.map((state) => (
              <Go key={state} href={`?view=app&state=${state}#/${place}`}>
                {state}
              </Go>
            ))}
            <Go href={`?view=app&theme=dark#/${place}`}>dark</Go>
          </li>
        ))}
      </ul>
      <ul className="space-y-1">
        {ASKS.map((ask) => (
          <li key={ask} className="flex gap-3">
            <span className="w-44 font-mono text-xs">approval: {ask}</span>
            <Go href={`?view=approval&ask=${ask}`}>light</Go>
            <Go href={`?view=approval&ask=${ask}&theme=dark`}>dark</Go>
            <Go href={`?view=approval&ask=${ask}&where=browser&queue=2`}>browser</Go>
          </li>
        ))}
      </ul>
    </main>
  );
}

function Go({ href, children }: { href: string; children: string }) {
  return (
    <a href={href} className="rounded-sm text-accent-ink underline underline-offset-2">
      {children}
    </a>
  );
}
