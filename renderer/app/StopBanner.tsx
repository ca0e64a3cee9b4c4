import { useSwitches } from '../link/queries.ts';
import { Note } from '../ui/Note.tsx';
import { hrefOf } from './place.ts';

/** While everything is stopped, every screen says so: refused calls must not look like a fault. */
export function StopBanner() {
  const stopped = useSwitches().data?.some(({ scope }) => scope.kind === 'all') ?? false;
  if (!stopped) return null;
  return (
    <div className="px-8 pt-4">
      <Note tone="bad" live title="Everything is stopped">
        Every call is refused until a person switches it on again under{' '}
        <a className="underline" href={hrefOf({ screen: 'grants' })}>
          Grants and stops
        </a>
        .
      </Note>
    </div>
  );
}
