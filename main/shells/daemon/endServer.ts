import type { Refusal } from '../../contract/refusal.ts';
import type { Core } from './core.ts';

/** Ends all that runs of a server. Its sessions are told `why`; its processes end for `reason`, as their states and log say. */
export async function endServer(
  { inspections, sessions, supervisor }: Pick<Core, 'inspections' | 'sessions' | 'supervisor'>,
  server: string,
  why: Refusal,
  reason: string,
): Promise<void> {
  inspections.stop(server);
  sessions.endServer(server, why);
  await supervisor.stopServer(server, reason);
}
