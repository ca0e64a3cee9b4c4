import { ChevronRight } from 'lucide-react';
import type { ServerSummary } from '../../../main/contract/server.ts';
import { hrefOf, type ServerTab } from '../../app/place.ts';
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
    <li>
      <a
        href={hrefOf({ screen: 'server', server: server.name, tab: nextTab(server) })}
        aria-label={server.name}
        className="flex items-center gap-4 px-4 py-3 outline-offset-[-2px] hover:bg-hover"
      >
        <StatusDot tone={tone} moving={server.state === 'starting' || server.state === 'backing-off'} />
        <span className="min-w-0 flex-1">
          <span className="flex items-center gap-2">
            <span className="text-base font-medium">{server.name}</span>
            {server.consent === 'changed' && <Badge tone="warn">Launch changed</Badge>}
            {server.tools.held > 0 && <Badge tone="accent">{server.tools.held} tools to review</Badge>}
          </span>
          <span className="block truncate font-mono text-xs text-ink-faint">
            <VisibleText text={[server.command, ...server.args].join(' ')} breaks={false} />
          </span>
          {server.reason !== null && server.state !== 'ready' && (
            <span className="mt-0.5 block text-xs text-ink-soft">{server.reason}</span>
          )}
        </span>
        {sessions > 0 && (
          <span className="text-xs text-ink-faint tabular-nums">
            {sessions} {sessions === 1 ? 'session' : 'sessions'}
          </span>
        )}
        <StateBadge value={server.state} />
        <ChevronRight aria-hidden="true" size={15} className="text-ink-faint" />
      </a>
    </li>
  );
}
