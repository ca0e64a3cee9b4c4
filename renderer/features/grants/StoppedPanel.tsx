import type { SessionInfo } from '../../../main/contract/server.ts';
import { type Killed, type SwitchScope, scopeWords } from '../../../main/contract/switch.ts';
import { Await } from '../../link/Await.tsx';
import { ProposalNotice } from '../../link/ProposalNotice.tsx';
import { usePolicy, useSessions, useSwitches } from '../../link/queries.ts';
import { useAction } from '../../link/useAction.ts';
import { useProposal } from '../../link/useProposal.ts';
import { Button } from '../../ui/Button.tsx';
import { ClientLine } from '../../ui/ClientLine.tsx';
import { useNow } from '../../ui/Countdown.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { ErrorState } from '../../ui/States.tsx';
import { ago } from '../../ui/time.ts';
import { VisibleText } from '../../ui/VisibleText.tsx';

/** What is stopped, with the way back, and the sessions that could be. */
export function StoppedPanel() {
  const switches = useSwitches();
  const sessions = useSessions();
  const now = useNow(30_000);
  const revive = useProposal((link, scope: SwitchScope) => link.switches.revive({ scope }));
  const kill = useAction((link, scope: SwitchScope) => link.switches.kill({ scope }));
  return (
    <>
      <ProposalNotice proposal={revive} />
      <Panel title="Stopped" note="Servers are switched off on their own page." flush>
        <Await query={switches} rows={1}>
          {(list) =>
            list.length === 0 ? (
              <p className="px-4 py-3 text-sm text-ink-faint">Nothing is stopped.</p>
            ) : (
              <ul className="divide-y divide-line">
                {list.map((killed) => (
                  <StoppedRow
                    key={scopeWords(killed.scope)}
                    killed={killed}
                    now={now}
                    onRevive={() => revive.propose(killed.scope)}
                  />
                ))}
              </ul>
            )
          }
        </Await>
      </Panel>
      <Families onKill={kill.run} />
      {kill.refusal !== null && <ErrorState refusal={kill.refusal} />}
      <Panel title="Sessions" note="Stopping one refuses its calls; its server goes on." flush>
        <Await query={sessions} rows={1}>
          {(list) =>
            list.length === 0 ? (
              <p className="px-4 py-3 text-sm text-ink-faint">No client is connected.</p>
            ) : (
              <ul className="divide-y divide-line">
                {list.map((session) => (
                  <SessionRow key={session.id} session={session} onKill={kill.run} />
                ))}
              </ul>
            )
          }
        </Await>
      </Panel>
    </>
  );
}

/** The families of tools that settings name; no panel where they name none. */
function Families({ onKill }: { onKill: (scope: SwitchScope) => void }) {
  const families = Object.entries(usePolicy().data?.settings.families ?? {});
  if (families.length === 0) return null;
  return (
    <Panel title="Families of tools" note="Stopping one refuses its tools on every server." flush>
      <ul className="divide-y divide-line">
        {families.map(([family, tools]) => (
          <li key={family} className="flex items-center gap-3 px-4 py-2.5 text-sm">
            <p className="min-w-0 flex-1">
              {family}
              <span className="block font-mono text-2xs break-all text-ink-faint">
                <VisibleText text={tools.join(', ')} />
              </span>
            </p>
            <Button
              size="sm"
              look="dangerPlain"
              aria-label={`Stop family ${family}`}
              onClick={() => onKill({ kind: 'family', family })}
            >
              Stop family
            </Button>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function StoppedRow({ killed, now, onRevive }: { killed: Killed; now: number; onRevive: () => void }) {
  const words = scopeWords(killed.scope);
  return (
    <li className="flex items-center gap-3 px-4 py-2.5">
      <p className="min-w-0 flex-1 text-sm break-words">
        <VisibleText text={words.charAt(0).toUpperCase() + words.slice(1)} />
        <span className="block text-xs text-ink-faint">
          {killed.person === null
            ? 'Its row was lost or altered, so it counts as stopped.'
            : `By ${killed.person}, ${ago(killed.at, now)}`}
        </span>
      </p>
      <Button size="sm" aria-label={`Switch on again: ${words}`} onClick={onRevive}>
        Switch on again
      </Button>
    </li>
  );
}

function SessionRow({ session, onKill }: { session: SessionInfo; onKill: (scope: SwitchScope) => void }) {
  const { program } = session.client;
  return (
    <li className="flex items-center gap-3 px-4 py-2.5 text-sm">
      <p className="min-w-0 flex-1">
        <ClientLine client={session.client} />
        <span className="block text-xs text-ink-faint">
          on {session.server}, {session.calls} calls
        </span>
      </p>
      <Button size="sm" look="dangerPlain" onClick={() => onKill({ kind: 'session', session: session.id })}>
        Stop session
      </Button>
      {program !== null && (
        <Button size="sm" look="dangerPlain" onClick={() => onKill({ kind: 'client', program })}>
          Stop client
        </Button>
      )}
    </li>
  );
}
