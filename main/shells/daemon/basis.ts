import { refusal } from '../../contract/refusal.ts';
import type { WantedSecret } from '../../contract/secret.ts';
import type { ServerEntry } from '../../contract/server.ts';
import { scopeWords } from '../../contract/switch.ts';
import { parseReferences, secretsOf } from '../../core/launch/references.ts';
import type { GrantBook } from '../../services/grants/grants.ts';
import type { Sessions } from '../../services/proxy/sessions.ts';
import type { KillSwitches } from '../../services/switches/switches.ts';
import type { ToolCatalog } from '../../services/tools/ports.ts';
import type { Core } from './core.ts';
import { endServer } from './endServer.ts';

interface Parts extends Pick<Core, 'config' | 'sessions' | 'supervisor' | 'inspections'> {
  readonly fault: (error: unknown) => void;
}

/** Ends what runs, or is about to, of a server that was switched off or taken out of `servers.json`, by whatever way that happened. */
export function endWhatLostItsBasis({ config, fault, ...running }: Parts): void {
  config.onChange(() => {
    for (const server of running.supervisor.known()) {
      const entry = config.entry(server);
      if (entry && !entry.disabled) continue;
      const why = entry ? 'it was switched off' : 'it was taken out of servers.json';
      endServer(running, server, refusal(entry ? 'SERVER_DISABLED' : 'SERVER_UNKNOWN', why), why).catch(fault);
    }
  });
}

/** A grant ends when its tool is held back, or is pinned with another definition or class. */
export function endGrantsWithPins({ catalog, grants }: { catalog: ToolCatalog; grants: GrantBook }): void {
  catalog.onChange((changed) =>
    grants.endWhere(({ server, request, tool, definitionDigest, class: given, pinnedAs = given }) => {
      // Content is bound to its definition by digest, and has no class that a person gives.
      if (server !== changed || request) return false;
      const now = catalog.standing(server, tool, definitionDigest);
      return now.state !== 'accepted' || now.class !== pinnedAs;
    }, 'pin-changed'),
  );
}

/** Asks hang on the policy they were asked under. */
export function withdrawWithPolicy({ policy, asks }: Pick<Core, 'policy' | 'asks'>): void {
  policy.onChange(() => asks.policyChanged());
}

/** What a kill switch covers is cancelled in the same turn. */
export function stopWhatIsKilled({ switches, sessions }: { switches: KillSwitches; sessions: Sessions }): void {
  switches.onChange((killed) => {
    if (killed === null) return;
    sessions.stop((what) => switches.covers(killed, what), refusal('SWITCHED_OFF', scopeWords(killed)));
  });
}

/** The servers whose environment refers to this secret. */
export function serversThatName(entries: ReadonlyMap<string, ServerEntry>, secret: string): string[] {
  return [...entries].filter(([, entry]) => secretsNamedBy(entry).includes(secret)).map(([server]) => server);
}

/** Secrets that servers name and nobody has set. */
export function wantedSecrets(
  entries: ReadonlyMap<string, ServerEntry>,
  has: (name: string) => boolean,
): WantedSecret[] {
  const names = new Set([...entries.values()].flatMap(secretsNamedBy));
  const wanted = [...names].filter((name) => !has(name)).sort();
  return wanted.map((name) => ({ name, usedBy: serversThatName(entries, name) }));
}

function secretsNamedBy({ env }: ServerEntry): string[] {
  return Object.values(env).flatMap((value) => {
    const parsed = parseReferences(value);
    return parsed.ok ? secretsOf(parsed.parts) : [];
  });
}
