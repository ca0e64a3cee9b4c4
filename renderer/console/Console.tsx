import { useState } from 'react';
import { Await } from '../link/Await.tsx';
import { Badge } from '../ui/Badge.tsx';
import { Button } from '../ui/Button.tsx';
import { Seal } from '../ui/Seal.tsx';
import { Breaks } from './Breaks.tsx';
import { Devices } from './Devices.tsx';
import { fleet, queries, useBreaks, useOperator } from './fleet.ts';
import { Records } from './Records.tsx';
import { SignIn } from './SignIn.tsx';

const PLACES = ['Search', 'Devices', 'Continuity'] as const;

/** The collector's page: sign in, then search, devices, and where continuity broke. */
export function Console() {
  const operator = useOperator();
  return (
    <Await query={operator} rows={6}>
      {(person) => (person === null ? <SignIn /> : <Signed organisation={person.organisation} name={person.name} />)}
    </Await>
  );
}

function Signed({ organisation, name }: { organisation: string; name: string }) {
  const [place, setPlace] = useState<(typeof PLACES)[number]>('Search');
  const breaks = useBreaks();
  return (
    <div className="flex h-full flex-col">
      <section
        aria-label="Organisation"
        className="flex flex-wrap items-center gap-x-6 gap-y-1 border-b border-line bg-panel px-6 py-2"
      >
        <span className="flex items-center gap-2 text-sm font-semibold">
          <Seal size={18} /> {organisation}
        </span>
        <nav aria-label="Places" className="flex gap-1">
          {PLACES.map((each) => (
            <button
              key={each}
              type="button"
              aria-current={each === place ? 'page' : undefined}
              onClick={() => setPlace(each)}
              className="flex h-8 items-center gap-1.5 rounded-md px-2.5 text-sm text-ink-soft hover:bg-hover aria-[current]:bg-pressed aria-[current]:font-medium aria-[current]:text-ink"
            >
              {each}
              {each === 'Continuity' && (breaks.data?.length ?? 0) > 0 && (
                <Badge tone="bad">{breaks.data?.length}</Badge>
              )}
            </button>
          ))}
        </nav>
        <span className="ml-auto text-xs text-ink-faint">{name}</span>
        <Button size="sm" onClick={() => void signOut()}>
          Sign out
        </Button>
      </section>
      <main className="min-h-0 flex-1 overflow-y-auto">
        {place === 'Search' && <Records />}
        {place === 'Devices' && <Devices />}
        {place === 'Continuity' && <Breaks />}
      </main>
    </div>
  );
}

/** What was read for this person is forgotten whether or not the collector could be told. */
async function signOut(): Promise<void> {
  await fleet.session.close().catch(() => {});
  queries.clear();
  location.reload();
}
