import type { ServerSummary, SessionInfo } from '../../../main/contract/server.ts';
import { hrefOf } from '../../app/place.ts';
import { Await } from '../../link/Await.tsx';
import { useSessions } from '../../link/queries.ts';
import { count } from '../../ui/askWords.ts';
import { Badge, StateBadge } from '../../ui/Badge.tsx';
import { CommandLines } from '../../ui/CommandLines.tsx';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { useNow } from '../../ui/Countdown.tsx';
import { Note } from '../../ui/Note.tsx';
import { Fact, Facts, Panel } from '../../ui/Panel.tsx';
import { ErrorState } from '../../ui/States.tsx';
import { ago } from '../../ui/time.ts';
import { VisibleText } from '../../ui/VisibleText.tsx';

/** What needs doing, who uses it, what runs, and how a client reaches it. */
export function OverviewPanel({ server }: { server: ServerSummary }) {
  const launch = hrefOf({ screen: 'server', server: server.name, tab: 'launch' });
  const tools = hrefOf({ screen: 'server', server: server.name, tab: 'tools' });
  return (
    <div className="space-y-4">
      {server.problem !== null && <ErrorState refusal={server.problem} />}
      {server.consent !== 'given' && (
        <Note
          tone={server.consent === 'changed' ? 'warn' : 'info'}
          title={
            server.consent === 'changed'
              ? 'What it would run has changed since you agreed'
              : 'Nobody has agreed to this launch yet'
          }
          actions={<NextLink href={launch}>Review launch</NextLink>}
        >
          It does not start before a person has read the launch and agreed.
        </Note>
      )}
      {server.tools.held > 0 && (
        <Note
          tone="info"
          title={`${count(server.tools.held, 'new or changed definition')} ${server.tools.held === 1 ? 'is' : 'are'} held back`}
          actions={<NextLink href={tools}>Review tools</NextLink>}
        >
          Tools, prompts, resource templates, instructions and identity reach clients once you have accepted them.
        </Note>
      )}
      <Panel
        title="Connect a client"
        note="Put this in place of the server’s own command in the client’s configuration."
      >
        <div className="flex items-center gap-2 rounded-lg border border-line bg-sunken px-3 py-2 font-mono text-xs">
          <span className="min-w-0 flex-1 break-all">countersign connect {server.name}</span>
          <CopyButton text={`countersign connect ${server.name}`} label="Copy command" />
        </div>
      </Panel>
      <SessionsPanel server={server} />
      <Panel title="Configured command">
        <CommandLines command={server.command} args={server.args} />
        <div className="mt-4">
          <Facts>
            <Fact name="Consent">
              {{ given: 'Given', needed: 'Needed', changed: 'The launch has changed' }[server.consent]}
            </Fact>
            <Fact name="Tools">
              {server.tools.seen
                ? `${server.tools.accepted} accepted, ${server.tools.held} held back`
                : 'Not seen yet: start it once'}
            </Fact>
          </Facts>
        </div>
      </Panel>
    </div>
  );
}

function NextLink({ href, children }: { href: string; children: string }) {
  return (
    <a
      href={href}
      className="inline-flex h-6.5 items-center rounded-md border border-line-strong bg-raised px-2 text-xs font-medium shadow-control hover:bg-hover"
    >
      {children}
    </a>
  );
}

function SessionsPanel({ server }: { server: ServerSummary }) {
  const sessions = useSessions();
  const now = useNow(10_000);
  return (
    <Panel title="Running now" flush>
      <Await query={sessions} rows={2}>
        {(all) => {
          const own = all.filter((session) => session.server === server.name);
          if (server.instances.length === 0) {
            return (
              <p className="px-4 py-3 text-sm text-ink-faint">
                No process of this server runs. Each client session starts one of its own.
              </p>
            );
          }
          return (
            <ul className="divide-y divide-line">
              {server.instances.map((instance) => {
                const session = own.find((candidate) => candidate.id === instance.session);
                return (
                  <li key={instance.id} className="flex items-center gap-3 px-4 py-2.5 text-sm">
                    <span className="min-w-0 flex-1">
                      <ClientName session={session} />
                      {instance.reason !== null && (
                        <span className="block text-xs text-ink-faint">{instance.reason}</span>
                      )}
                    </span>
                    {session !== undefined && (
                      <span className="text-xs text-ink-faint tabular-nums">{session.calls} calls</span>
                    )}
                    <span className="text-xs text-ink-faint">{ago(instance.startedAt, now)}</span>
                    <span className="font-mono text-xs text-ink-faint">
                      {instance.pid === null ? '' : `pid ${instance.pid}`}
                    </span>
                    <StateBadge value={instance.state} />
                  </li>
                );
              })}
            </ul>
          );
        }}
      </Await>
    </Panel>
  );
}

function ClientName({ session }: { session: SessionInfo | undefined }) {
  if (session === undefined) return <span>Countersign, listing tools</span>;
  const { client } = session;
  return (
    <span className="flex items-center gap-2">
      <span className="font-medium">
        <VisibleText text={client.name ?? 'A client that gave no name'} breaks={false} />
      </span>
      {client.version !== null && (
        <span className="text-xs text-ink-faint">
          <VisibleText text={client.version} breaks={false} />
        </span>
      )}
      <Badge>reported</Badge>
      {client.program !== null && (
        <span className="truncate font-mono text-xs text-ink-faint">
          <VisibleText text={client.program} breaks={false} />
        </span>
      )}
    </span>
  );
}
