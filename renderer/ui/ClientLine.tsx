import type { ClientInfo } from '../../main/contract/server.ts';
import { Badge } from './Badge.tsx';
import { VisibleText } from './VisibleText.tsx';

/** Who asks: the name the client gives itself, marked as reported, and the program the system sees. Flows with the text around it. */
export function ClientLine({ client }: { client: ClientInfo }) {
  return (
    <>
      <span className="font-medium text-ink">
        {client.name === null ? 'a client that gave no name' : <VisibleText text={client.name} breaks={false} />}
      </span>
      {client.version !== null && (
        <span className="text-ink-faint">
          {' '}
          <VisibleText text={client.version} breaks={false} />
        </span>
      )}{' '}
      <Badge title="As the client says of itself; not proved">reported</Badge>{' '}
      <span className="font-mono text-xs wrap-anywhere text-ink-faint">
        {client.program === null ? 'program not known' : <VisibleText text={client.program} breaks={false} />}
        {client.pid !== null && ` · pid ${client.pid}`}
      </span>
    </>
  );
}
