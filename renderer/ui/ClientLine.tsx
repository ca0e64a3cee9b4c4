import type { ClientInfo } from '../../main/contract/server.ts';
import { Badge } from './Badge.tsx';
import { VisibleText } from './VisibleText.tsx';

/** Who asks: the name the client gives itself, marked as reported, and the program the system sees. */
export function ClientLine({ client }: { client: ClientInfo }) {
  return (
    <span className="inline-flex min-w-0 flex-wrap items-baseline gap-x-2 gap-y-0.5">
      <span className="font-medium">
        {client.name === null ? 'a client that gave no name' : <VisibleText text={client.name} breaks={false} />}
        {client.version !== null && (
          <span className="font-normal text-ink-faint">
            {' '}
            <VisibleText text={client.version} breaks={false} />
          </span>
        )}
      </span>
      <Badge title="As the client says of itself; not proved">reported</Badge>
      <span className="min-w-0 font-mono text-xs break-all text-ink-faint">
        {client.program === null ? 'program not known' : <VisibleText text={client.program} breaks={false} />}
        {client.pid !== null && ` · pid ${client.pid}`}
      </span>
    </span>
  );
}
