import type { ReactNode } from 'react';
import type { ServerSummary } from '../../../main/contract/server.ts';
import type { DaemonStatus } from '../../../main/contract/status.ts';
import { hrefOf } from '../../app/place.ts';
import { Await } from '../../link/Await.tsx';
import { useServers, useStatus } from '../../link/queries.ts';
import { count } from '../../ui/askWords.ts';
import { Page } from '../../ui/Page.tsx';
import { ErrorState } from '../../ui/States.tsx';
import { Tour } from './Tour.tsx';

/** The first page: how things stand in three figures, and the story of one call from consent to proof. */
export function HomeScreen({ setup }: { setup: ReactNode }) {
  const status = useStatus();
  const servers = useServers();
  const fresh = servers.data?.every((server) => server.name === 'tour') === true;
  return (
    <Page
      title={fresh ? 'Welcome to Countersign' : 'Home'}
      note={
        fresh
          ? 'Countersign stands between your AI clients and the MCP servers they use. Nothing runs that you have not seen, and nothing risky happens without your countersignature.'
          : 'What runs, what waits for you, and what was recorded.'
      }
    >
      <Await query={status} rows={2}>
        {(now) => (
          <>
            {now.problems.map((problem) => (
              <ErrorState key={`${problem.code}${problem.detail}`} refusal={problem} />
            ))}
            {!fresh && servers.data !== undefined && <Figures status={now} servers={servers.data} />}
          </>
        )}
      </Await>
      {setup}
      <Tour fresh={fresh} />
    </Page>
  );
}

function Figures({ status, servers }: { status: DaemonStatus; servers: readonly ServerSummary[] }) {
  const review = servers.filter((server) => server.consent !== 'given').length;
  const held = servers.reduce((sum, server) => sum + server.tools.held, 0);
  return (
    <div className="grid grid-cols-3 gap-4">
      <Figure
        href={hrefOf({ screen: 'asks' })}
        value={status.asks}
        label={status.asks === 1 ? 'ask waits for you' : 'asks wait for you'}
        note={status.asks === 0 ? 'Nothing to decide' : 'Nothing happens before you answer'}
        loud={status.asks > 0}
      />
      <Figure
        href={hrefOf({ screen: 'servers' })}
        value={servers.length}
        label={servers.length === 1 ? 'server' : 'servers'}
        note={
          review + held === 0
            ? `${count(status.sessions, 'session')} now`
            : [review > 0 && `${review} to consent`, held > 0 && `${held} to review`].filter(Boolean).join(', ')
        }
      />
      <Figure href={hrefOf({ screen: 'audit' })} value={status.records} label="records" note="Every decision, signed" />
    </div>
  );
}

function Figure({
  href,
  value,
  label,
  note,
  loud = false,
}: {
  href: string;
  value: number;
  label: string;
  note: string;
  loud?: boolean;
}) {
  return (
    <a
      href={href}
      className={`block rounded-xl border p-4 shadow-panel ${loud ? 'border-accent/40 bg-accent-soft' : 'border-line bg-panel hover:border-line-strong'}`}
    >
      <span className="flex items-baseline gap-2">
        <span className="text-2xl font-semibold tracking-tight tabular-nums">{value.toLocaleString()}</span>
        <span className="text-sm font-medium text-ink-soft">{label}</span>
      </span>
      <span className="mt-0.5 block text-xs text-ink-soft">{note}</span>
    </a>
  );
}
