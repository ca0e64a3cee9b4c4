import { ChevronLeft, Server } from 'lucide-react';
import type { ReactNode } from 'react';
import { hrefOf, type ServerTab } from '../../app/place.ts';
import { go } from '../../app/usePlace.ts';
import { Await } from '../../link/Await.tsx';
import { useServers } from '../../link/queries.ts';
import { Badge, StateBadge } from '../../ui/Badge.tsx';
import { Page } from '../../ui/Page.tsx';
import { EmptyState } from '../../ui/States.tsx';
import { Tabs } from '../../ui/Tabs.tsx';
import { LogPanel } from './LogPanel.tsx';
import { OverviewPanel } from './OverviewPanel.tsx';
import { ServerActions } from './ServerActions.tsx';

/** One server: what it does now, what it runs, what it offers, what it said. */
export function ServerScreen({
  server: name,
  tab,
  launch,
  tools,
}: {
  server: string;
  tab: ServerTab;
  launch: ReactNode;
  tools: ReactNode;
}) {
  const servers = useServers();
  const server = servers.data?.find((candidate) => candidate.name === name);
  return (
    <Page
      before={
        <a
          href={hrefOf({ screen: 'servers' })}
          className="mb-2 -ml-1 inline-flex items-center gap-0.5 rounded-sm text-xs text-ink-faint hover:text-ink"
        >
          <ChevronLeft aria-hidden="true" size={13} /> Servers
        </a>
      }
      title={
        <>
          {name}
          {server !== undefined && <StateBadge value={server.state} />}
        </>
      }
      note={server?.reason ?? undefined}
      actions={server !== undefined && <ServerActions server={server} />}
    >
      <Await query={servers}>
        {() =>
          server === undefined ? (
            <EmptyState icon={<Server size={20} />} title={`There is no server called ${name}`} />
          ) : (
            <Tabs
              label={`${name}: views`}
              value={tab}
              onChange={(next) => go({ screen: 'server', server: name, tab: next as ServerTab })}
              items={[
                { value: 'overview', label: 'Overview', content: <OverviewPanel server={server} /> },
                {
                  value: 'launch',
                  label: 'Launch',
                  mark: server.consent !== 'given' && (
                    <Badge tone={server.consent === 'changed' ? 'warn' : 'accent'}>
                      {server.consent === 'changed' ? 'changed' : 'review'}
                    </Badge>
                  ),
                  content: launch,
                },
                {
                  value: 'tools',
                  label: 'Tools',
                  mark: server.tools.held > 0 && <Badge tone="accent">{server.tools.held} to review</Badge>,
                  content: tools,
                },
                { value: 'log', label: 'Log', content: <LogPanel server={name} /> },
              ]}
            />
          )
        }
      </Await>
    </Page>
  );
}
