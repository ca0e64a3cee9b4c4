/**
 * The design system and every screen in its states, drawn from fixtures. What is shown is in the address:
 * `?view=components`, `?view=app&state=full|empty|loading|error#/servers`, `?view=approval&ask=write`, each with `&theme=dark`.
 */
import { useEffect, useMemo } from 'react';
import { App } from '../app/App.tsx';
import { Approval } from '../approval/Approval.tsx';
import { LinkProvider } from '../link/LinkProvider.tsx';
import { askOf, SUBJECTS } from '../link/memory/asks.ts';
import { memoryClient, memoryLink, type Scenario } from '../link/memory/memoryLink.ts';
import { Components } from './Components.tsx';
import { Contents } from './Contents.tsx';

const query = new URLSearchParams(location.search);

/** The part of the gallery that the address names; its contents when it names none. */
export function Gallery() {
  const theme = query.get('theme');
  useEffect(() => {
    if (theme !== null) document.documentElement.setAttribute('data-theme', theme);
  }, [theme]);
  switch (query.get('view')) {
    case 'components':
      return <Components />;
    case 'app':
      return <AppView />;
    case 'approval':
      return <ApprovalView />;
    default:
      return <Contents />;
  }
}

function AppView() {
  const link = useMemo(
    () =>
      memoryLink({
        scenario: (query.get('state') ?? 'full') as Scenario,
        status: query.get('mode') === 'headless' ? { mode: 'headless' } : {},
      }),
    [],
  );
  return (
    <LinkProvider link={link}>
      <App />
    </LinkProvider>
  );
}

function ApprovalView() {
  const name = query.get('ask') ?? 'write';
  const where = query.get('where') === 'browser' ? 'browser' : 'window';
  const open = useMemo(() => {
    const first = SUBJECTS[name as keyof typeof SUBJECTS] ?? SUBJECTS.write;
    const locked = name === 'unlock' || name === 'vault';
    const client = memoryClient({
      scenario: name === 'none' ? 'empty' : 'full',
      asks: [askOf(1, first), ...(query.has('queue') ? [askOf(2, SUBJECTS.external), askOf(3, SUBJECTS.consent)] : [])],
      status: locked
        ? {
            keystore: {
              kind: 'vault',
              state: name === 'vault' ? 'absent' : 'locked',
              detail: 'There is no Secret Service on this machine.',
            },
          }
        : {},
    });
    return async () => ({ client, closed: new Promise<void>(() => {}) });
  }, [name]);
  return <Approval where={where} open={open} />;
}
