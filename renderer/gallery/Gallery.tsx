/**
 * The design system and every screen in its states, drawn from fixtures. What is shown is in the address:
 * `?view=components`, `?view=app&state=full|empty|loading|error#/servers`, `?view=approval&ask=write`, each with `&theme=dark`.
 */
import { useEffect, useMemo } from 'react';
import type { AskSubject, AskView } from '../../main/contract/ask.ts';
import type { DaemonStatus } from '../../main/contract/status.ts';
import { App } from '../app/App.tsx';
import { Approval } from '../approval/Approval.tsx';
import { LinkProvider } from '../link/LinkProvider.tsx';
import type { Link } from '../link/link.ts';
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
        ...(query.has('rows') && { rows: Number(query.get('rows')) }),
        status: {
          ...keysFor(query.get('keys')),
          ...diskFor(query.get('disk')),
          ...(query.get('mode') === 'headless' ? { mode: 'headless' } : {}),
        },
      }),
    [],
  );
  return (
    <LinkProvider link={link}>
      <App />
    </LinkProvider>
  );
}

/** How much room is left: `low`, `critical`, `full` or `lost`; enough where nothing is said. */
function diskFor(disk: string | null): Partial<DaemonStatus> {
  const MB = 2 ** 20;
  if (disk === 'low') return { disk: { state: 'low', free: 430 * MB } };
  if (disk === 'critical') return { disk: { state: 'critical', free: 61 * MB } };
  if (disk === 'full') return { disk: { state: 'full', free: 3 * MB } };
  return disk === 'lost' ? { disk: { state: 'lost', free: null } } : {};
}

/** Where keys live: `locked`, `absent` or `vault`; an ordinary keychain where nothing is said. */
function keysFor(keys: string | null): Partial<DaemonStatus> {
  const detail = 'The keyring login of gnome-keyring-daemon is locked: unlock it.';
  if (keys === 'locked') return { keystore: { kind: 'keychain', state: 'locked', detail } };
  if (keys === 'absent')
    return { keystore: { kind: 'none', state: 'absent', detail: 'There is no D-Bus session bus here.' } };
  if (keys === 'vault')
    return { keystore: { kind: 'vault', state: 'ready', detail: 'A vault file sealed with the passcode.' } };
  return {};
}

/** The prompt over fixtures; the page's `data-allowed` and `data-denied` count the answers given. */
function ApprovalView() {
  const name = query.get('ask') ?? 'write';
  const where = query.get('where') === 'browser' ? 'browser' : 'window';
  const open = useMemo(() => {
    const client = countAnswers(
      memoryClient({ scenario: name === 'none' ? 'empty' : 'full', asks: asksFor(name), status: statusFor(name) }),
    );
    return async () => ({ client, closed: new Promise<void>(() => {}) });
  }, [name]);
  return <Approval where={where} open={open} />;
}

/** The ask of this name, and behind it as many as `queue` says. */
function asksFor(name: string): AskView[] {
  const subjects: AskSubject[] = [SUBJECTS[name as keyof typeof SUBJECTS] ?? SUBJECTS.write];
  const others = [SUBJECTS.external, SUBJECTS.consent, SUBJECTS.write];
  for (let i = 0; i < Number(query.get('queue') ?? 0); i += 1)
    subjects.push(others[i % others.length] ?? SUBJECTS.write);
  const more = { ...provedFor(query.get('proof')), ...askedBy(query.get('via')) };
  return subjects.map((subject, index) => askOf(index + 1, subject, more));
}

/** Who asked for it: `control` for a program; a call is then asked about once more. */
function askedBy(via: string | null): Partial<AskView> {
  return via === 'control' || via === 'window' ? { via, deadline: null } : {};
}

/** How a yes would be proved: `passcode`, `first` or `touch-id`. */
function provedFor(proof: string | null): Partial<AskView> {
  if (proof === null) return {};
  return { because: 'It reaches outside or cannot be taken back, so a click is not enough.' };
}

function statusFor(name: string): Partial<DaemonStatus> {
  const proof = query.get('proof');
  if (proof === 'first') return { passcode: 'missing' };
  if (proof === 'touch-id') return { system: 'touch-id' };
  if (name !== 'unlock' && name !== 'vault') return {};
  const state = name === 'vault' ? 'absent' : 'locked';
  return { keystore: { kind: 'vault', state, detail: 'There is no Secret Service on this machine.' } };
}

function countAnswers(client: Link): Link {
  let [allowed, denied] = [0, 0];
  const show = (): void => {
    document.documentElement.setAttribute('data-allowed', String(allowed));
    document.documentElement.setAttribute('data-denied', String(denied));
  };
  show();
  return {
    ...client,
    asks: {
      ...client.asks,
      answer: (input) => {
        allowed += input.approve ? 1 : 0;
        show();
        return client.asks.answer(input);
      },
      deny: (input) => {
        denied += 1;
        show();
        return client.asks.deny(input);
      },
    },
  };
}
