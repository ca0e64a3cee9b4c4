import { drivesScreen } from '../../core/gate/screen.ts';
import type { ServersConfig } from '../../services/launch/ports.ts';
import type { Sessions } from '../../services/proxy/sessions.ts';
import type { ToolCatalog } from '../../services/tools/ports.ts';

/** What among the live sessions, their servers and clients, can drive the screen; null when nothing is known to. */
export function screenDriver(parts: {
  readonly sessions: Pick<Sessions, 'list'>;
  readonly config: Pick<ServersConfig, 'entry'>;
  readonly catalog: Pick<ToolCatalog, 'review'>;
}): string | null {
  for (const { server, client } of parts.sessions.list()) {
    const entry = parts.config.entry(server);
    const found = drivesScreen({
      server,
      command: entry?.command ?? '',
      args: entry?.args ?? [],
      tools: parts.catalog.review(server).map(({ name }) => name),
      program: client.program,
    });
    if (found !== null) return found;
  }
  return null;
}
