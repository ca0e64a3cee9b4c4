import { refusal } from '../../contract/refusal.ts';
import type { ServerEntry } from '../../contract/server.ts';
import { parseReferences, secretsOf } from '../../core/launch/references.ts';
import type { ServersConfig } from '../../services/launch/ports.ts';
import type { Inspections } from '../../services/proxy/inspections.ts';
import type { Sessions } from '../../services/proxy/sessions.ts';
import type { Supervisor } from '../../services/supervisor/ports.ts';

interface Parts {
  readonly config: ServersConfig;
  readonly sessions: Sessions;
  readonly supervisor: Supervisor;
  readonly inspections: Inspections;
  readonly fault: (error: unknown) => void;
}

/** Ends what runs of a server that was switched off or taken out of `servers.json`, by whatever way that happened. */
export function endWhatLostItsBasis({ config, sessions, supervisor, inspections, fault }: Parts): void {
  config.onChange(() => {
    for (const server of new Set(supervisor.instances().map((instance) => instance.server))) {
      const entry = config.entry(server);
      if (entry && !entry.disabled) continue;
      const why = entry ? 'it was switched off' : 'it was taken out of servers.json';
      inspections.stop(server);
      sessions.endServer(server, refusal(entry ? 'SERVER_DISABLED' : 'SERVER_UNKNOWN', why));
      supervisor.stopServer(server, why).catch(fault);
    }
  });
}

/** The servers whose environment refers to this secret. */
export function serversThatName(entries: ReadonlyMap<string, ServerEntry>, secret: string): string[] {
  const names = (value: string) => {
    const parsed = parseReferences(value);
    return parsed.ok ? secretsOf(parsed.parts) : [];
  };
  return [...entries]
    .filter(([, { env }]) => Object.values(env).some((value) => names(value).includes(secret)))
    .map(([server]) => server);
}
