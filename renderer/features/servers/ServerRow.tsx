import { ChevronRight } from 'lucide-react';
import type { ServerSummary } from '../../../main/contract/server.ts';
import { hrefOf, type ServerTab } from '../../app/place.ts';
import { count } from '../../ui/askWords.ts';
import { Badge, STATE_WORDS, StateBadge } from '../../ui/Badge.tsx';
import { StatusDot } from '../../ui/StatusDot.tsx';
import { VisibleText } from '../../ui/VisibleText.tsx';

/** The screen where what this server needs next is done. */
export function nextTab(server: ServerSummary): ServerTab {
  if (server.consent !== 'given') return 'launch';
  return server.tools.held > 0 ? 'tools' : 'overview';
}

/** A server on one line: name and command, what it needs, its state. */
export function ServerRow({ server }: { server: ServerSummary }) {
  const { tone } = STATE_WORDS[server.state];
  const sessions = server.instances.filter((instance) => instance.session !== null).length;
  return (
    <li className="relative flex items-center gap-4 px-4 py-3 hover:bg-hover">
      <StatusDot tone={tone} moving={server.state === 'starting' || server.state === 'backing-off'} />
      <div className="min-w-0 flex-1">
        <div className="flex items-center gap-2">
          <a
            href={hrefOf({ screen: 'server', server: server.name, tab: nextTab(server) })}
            className="text-base font-medium outline-none after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:outline-accent-ink focus-visible:after:outline-offset-[-2px]"
          >
            {server.name}
          </a>
          {server.consent === 'changed' && <Badge tone="warn">Launch changed</Badge>}
          {server.tools.held > 0 && <Badge tone="accent">{server.tools.held} to review</Badge>}
        </div>
        <p className="truncate font-mono text-xs text-ink-faint">
          <VisibleText text={[server.command, ...server.args].join(' ')} breaks={false} />
        </p>
        {server.reason !== null && server.state !== 'ready' && (
          <p className="mt-0.5 text-xs text-ink-soft">{server.reason}</p>
        )}
      </div>
      {sessions > 0 && <span className="text-xs text-ink-faint tabular-nums">{count(sessions, 'session')}</span>}
      <StateBadge value={server.state} />
      <ChevronRight aria-hidden="true" size={15} className="text-ink-faint" />
    </li>
  );
}
